"""The command `copydesk`: the shortest way to an answer, and quiet ends."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with 0, 1 or 2; see the contracts in the documentation."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us: there is nobody to tell
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    if sys.argv[1:] == ["--version"]:
        from copydesk import __version__

        print(f"copydesk {__version__}")
        return
    import gc

    # Plugins and vocabulary stay for the whole run: looking through them for rubbish every 700
    # new objects, as is the default, finds none and takes a twentieth of the time.
    gc.set_threshold(50_000)
    from copydesk.cli.main import run

    try:
        code = run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 2
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)


if __name__ == "__main__":
    main()
