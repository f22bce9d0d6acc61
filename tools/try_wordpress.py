"""Publish the sample posts to a throw-away WordPress on this machine: `make try-wordpress`.

Everything lies in the folder `try-wordpress`: a copy of the posts, to change at will, and the
server. Delete the folder and all is gone.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import ignore_patterns

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "try-wordpress"
SERVERS = PROJECT / "tests" / "cms" / "servers"
PORT = os.environ.get("PORT", "8765")

TITLE = "Harbour Light Psychotherapy"

_CONFIGURATION = """\
root = true
site-title = "{title}"
timezone = "America/Los_Angeles"
default-target = "wordpress"

[targets.wordpress]
kind = "wordpress"
url = "{url}/"
user = "admin"
"""

# The password stays in the file of the server, which its owner alone may read. The configuration is
# named outright, because the project around this folder is a site, too, and the topmost one counts.
_LAUNCHER = """\
#!/bin/sh
# Copydesk for this throw-away site, with its password: ./copydesk plan
cd "$(dirname "$0")" || exit 2
COPYDESK_WORDPRESS_SECRET=$(sed -n 's/^WP_ADMIN_APP_PASSWORD=//p' server/env)
COPYDESK_WORDPRESS_URL=$(sed -n 's/^WP_URL=//p' server/env)
export COPYDESK_WORDPRESS_SECRET COPYDESK_WORDPRESS_URL
[ $# -gt 0 ] || set -- plan
exec {python} -m copydesk "$@" --config copydesk.toml
"""

_DRAFTS = """
The posts that are due are in WordPress now, as drafts: no visitor sees them.
Look at them at {url}/wp-admin/edit.php
(user name: admin, password: {password})

Next, they go live. You are shown what will happen, and asked.
"""

_END = """
Your blog: {url}/
Behind the scenes: {url}/wp-admin/   (user name: admin, password: {password})

Change a post in {folder}/posts and run `make try-wordpress` again: only that post is updated.
Where nobody can be asked, say: make try-wordpress ARGS="--yes"

All other commands work there, too; write ./copydesk where a message says copydesk:

  cd {folder}
  ./copydesk plan
  ./copydesk publish --go-live
  ./copydesk verify

and unpublish, undo, repair. ./copydesk COMMAND --help explains each.

Stop WordPress with `make stop-wordpress`. Delete the folder try-wordpress, and all is gone.
"""


def started() -> dict[str, str]:
    """Start WordPress, or find it running; return how to reach it."""
    print("Starting WordPress.", flush=True)
    env = {**os.environ, "WP_TITLE": TITLE}
    command = ["bash", str(SERVERS / "start-wordpress.sh"), PORT, str(FOLDER / "server")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False, env=env)
    if done.returncode:
        sys.exit(
            "WordPress did not start; the line above says why. Nothing was published.\n"
            "If it is the port, take another one: make try-wordpress PORT=9000"
        )
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def write_launcher(folder: Path) -> Path:
    """Write the script that runs Copydesk on the folder, and return it."""
    launcher = folder / "copydesk"
    launcher.write_text(_LAUNCHER.format(python=shlex.quote(sys.executable)), "utf-8")
    launcher.chmod(0o755)
    return launcher


def main() -> int:
    """Start, publish as drafts the first time, then live."""
    FOLDER.mkdir(exist_ok=True)
    env = started()
    if not (FOLDER / "posts").exists():
        shutil.copytree(PROJECT / "posts", FOLDER / "posts", ignore=ignore_patterns("drafts"))
    url, password = env["WP_URL"], env["WP_ADMIN_PASSWORD"]
    text = _CONFIGURATION.format(url=url, title=TITLE)
    (FOLDER / "copydesk.toml").write_text(text, "utf-8")
    copydesk = write_launcher(FOLDER)
    if not (FOLDER / ".copydesk" / "wordpress.json").exists():  # nothing was ever published
        if code := subprocess.run([copydesk, "publish", "--yes"], check=False).returncode:
            return code
        print(_DRAFTS.format(url=url, password=password), flush=True)
    code = subprocess.run([copydesk, "publish", "--go-live", *sys.argv[1:]], check=False).returncode
    print(_END.format(url=url, password=password, folder=FOLDER.name), flush=True)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped here. WordPress runs on until `make stop-wordpress`.")
        sys.exit(130)
