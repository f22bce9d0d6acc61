"""Publish the sample posts to a throw-away WordPress on this machine: `make try-wordpress`.

Everything lies in the folder `try-wordpress`: a copy of the posts, to change at will, and the
server. Delete the folder and all is gone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import ignore_patterns

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = PROJECT / "try-wordpress"
SERVERS = PROJECT / "tests" / "cms" / "servers"
PORT = os.environ.get("PORT", "8765")

_CONFIGURATION = """\
root = true
site-title = "Harbour Light Psychotherapy"
timezone = "America/Los_Angeles"
default-target = "wordpress"

[targets.wordpress]
kind = "wordpress"
url = "{url}/"
user = "admin"
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

Change a post in {posts} and run `make try-wordpress` again: only that post is updated.
Stop WordPress with `make stop-wordpress`. Delete the folder try-wordpress, and all is gone.
"""


def started() -> dict[str, str]:
    """Start WordPress, or find it running; return how to reach it."""
    print("Starting WordPress. The first time it is downloaded, which takes a minute.", flush=True)
    command = ["bash", str(SERVERS / "start-wordpress.sh"), PORT, str(FOLDER / "server")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(
            "WordPress did not start; the line above says why. Nothing was published.\n"
            "If it is the port, take another one: make try-wordpress PORT=9000"
        )
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def copydesk(env: dict[str, str], *arguments: str) -> int:
    """Run the command line in the folder; the password is in the environment and nowhere else."""
    secret = {
        "COPYDESK_WORDPRESS_SECRET": env["WP_ADMIN_APP_PASSWORD"],
        "COPYDESK_WORDPRESS_URL": env["WP_URL"],
    }
    # Named outright: the project around this folder is a site, too.
    command = [sys.executable, "-m", "copydesk", *arguments, "--config", "copydesk.toml"]
    return subprocess.run(command, cwd=FOLDER, env={**os.environ, **secret}, check=False).returncode


def main() -> int:
    """Start, publish as drafts the first time, then live."""
    FOLDER.mkdir(exist_ok=True)
    env = started()
    first = not (FOLDER / "posts").exists()
    if first:
        shutil.copytree(PROJECT / "posts", FOLDER / "posts", ignore=ignore_patterns("drafts"))
    url, password = env["WP_URL"], env["WP_ADMIN_PASSWORD"]
    (FOLDER / "copydesk.toml").write_text(_CONFIGURATION.format(url=url), "utf-8")
    if first:
        if code := copydesk(env, "publish", "--yes"):
            return code
        print(_DRAFTS.format(url=url, password=password), flush=True)
    code = copydesk(env, "publish", "--go-live", *sys.argv[1:])
    print(_END.format(url=url, password=password, posts=FOLDER.name + "/posts"), flush=True)
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped here. WordPress runs on until `make stop-wordpress`.")
        sys.exit(130)
