"""The command `copydesk`: the shortest way to an answer, and quiet ends."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with 0, 1 or 2; see the contracts in the documentation."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us: there is nobody to tell
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    try:
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 2
    except OSError as error:
        if not isinstance(error, BrokenPipeError):  # that is a reader that has gone (`| head`)
            reason = (error.strerror or type(error).__name__).lower()
            help = "Make room where the output goes, then run again."
            print(f"failed something could not be written: {reason}. {help}", file=sys.stderr)
        # Python would complain once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 2
    sys.exit(code)


def _run() -> int:
    if sys.argv[1:] == ["--version"]:
        from copydesk import __version__

        print(f"copydesk {__version__}")
        return 0
    import gc

    # Plugins and vocabulary stay for the whole run: looking through them for rubbish every 700
    # new objects, as is the default, finds none and takes a twentieth of the time.
    gc.set_threshold(50_000)
    from copydesk.cli.main import run

    return run()


if __name__ == "__main__":
    main()
