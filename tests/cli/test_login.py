"""`login`: what people see, and what becomes of the secret in a real keyring."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_kit import process, tree, write

SECRET = "pear-tree-1234"
CONFIG = """\
root = true
default-target = "pages"

[targets.pages]
kind = "folder"

[targets.clinic]
kind = "wordpress"
url = "https://clinic.example/blog"

[targets.plain]
kind = "wordpress"
url = "http://clinic.example"

[targets.nowhere]
kind = "wordpress"
"""
NO_KEYRING = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
NEEDED = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(name)]


@pytest.fixture(autouse=True)
def site(here, monkeypatch):
    write("copydesk.toml", CONFIG)
    for name in ("SECRET", "URL"):
        monkeypatch.delenv(f"COPYDESK_CLINIC_{name}", raising=False)


def login(*arguments: str, typed: str = SECRET, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copydesk", "login", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **NO_KEYRING, **env},
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("pages",), 0, "pages writes into a folder of this machine and needs no secret"),
        (("clinc",), 2, "there is no target 'clinc'. Did you mean clinic?"),
        (("nowhere",), 2, "targets.nowhere has no url"),
        (("plain",), 2, "anybody on the way could read the secret"),
        (("clinic",), 2, "no keyring of this system can be used: there is none on this machine"),
        (("clinic", "--remove"), 2, "no keyring of this system can be used"),
        (("clinic", SECRET), 2, "unexpected extra argument"),
        ((), 2, "Missing argument 'NAME'"),
    ],
)
def test_what_is_said(here, arguments, code, words):
    before = tree()
    done = login(*arguments)
    assert done.returncode == code
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if SECRET not in arguments:
        assert SECRET not in done.stdout + done.stderr
    assert tree() == before


def test_without_a_keyring_the_two_variables_are_named(here):
    done = login("clinic", COPYDESK_DEBUG="1")
    assert done.returncode == 2
    assert "Nothing is stored." in done.stderr
    assert "COPYDESK_CLINIC_SECRET to the secret" in done.stderr
    assert "COPYDESK_CLINIC_URL to https://clinic.example" in done.stderr


def test_a_bad_configuration_is_named_first(here):
    write("copydesk.toml", CONFIG + 'urll = "x"\n')
    done = login("clinic")
    assert done.returncode == 2
    assert "unknown key targets.nowhere.urll" in done.stderr


def test_linting_loads_no_keyring(here):
    write("posts/fees.md", "---\ntitle: Fees\n---\n\nA visit costs fifty dollars.\n")
    ran = process("lint", "posts/fees.md", python=("-X", "importtime"))
    assert ran.code == 0
    for package in ("keyring", "requests", "copydesk.http", "idna"):
        assert f" {package}\n" not in ran.err


#: Runs inside a session bus of its own; prints nothing but what `login` printed.
SCRIPT = """
set -eu
python="$1"
# Started once, unlocked with a password; its own words are not ours.
printf 'drawer' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
login() { "$python" -m copydesk login "$@"; }
find() { "$python" -c "
from copydesk.credentials import find_secret
print('found', find_secret('clinic', '$1').reveal() == '$2')"; }
printf '%s\\n' "$SECRET_FOR_TEST" | login clinic
find https://clinic.example "$SECRET_FOR_TEST"
printf '%s' 'another-one' | login clinic
find https://CLINIC.example:443/x another-one
find https://evil.example another-one 2>&1 | tail -1 || true
sed -i 's/clinic.example/moved.example/' copydesk.toml
printf '' | login clinic || echo "code $?"
sed -i 's/moved.example/clinic.example/' copydesk.toml
login clinic --remove
login clinic --remove
find https://clinic.example another-one 2>&1 | tail -1 || true
"""


def session(script: str, home: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a script under a session bus, with folders in which no other keyring can be."""
    runtime = home / "run"
    runtime.mkdir(parents=True)
    runtime.chmod(0o700)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DBUS_", "XDG_", "DISPLAY"))}
    own = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
    }
    return subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", script, "bash", sys.executable],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**kept, **own, **env},
    )


@pytest.mark.skipif(bool(NEEDED), reason=f"a real keyring needs {' and '.join(NEEDED)}")
def test_a_real_keyring(here, tmp_path):
    done = session(SCRIPT, tmp_path / "keyring", SECRET_FOR_TEST=SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    said = done.stdout.splitlines()
    stored = "Stored in the keyring: the secret of clinic, for https://clinic.example only."
    assert said == [
        stored,
        "Next: copydesk doctor",
        "found True",
        stored,
        "Next: copydesk doctor",
        "found True",
        "copydesk.model.finding.CopydeskError: the secret of clinic may be sent to "
        "https://clinic.example, but targets.clinic.url leads to https://evil.example",
        "code 2",
        "Removed from the keyring: the secret of clinic for https://clinic.example.",
        "The keyring holds no secret of clinic for its address.",
        "copydesk.model.finding.CopydeskError: there is no secret of clinic for "
        "https://clinic.example",
    ]
    assert "the secret is empty" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    kept = [path for path in (tmp_path / "keyring").rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in kept), "the keyring wrote its own file"
    assert not [path for path in kept if SECRET.encode() in path.read_bytes()]


@pytest.mark.skipif(bool(NEEDED), reason=f"a real keyring needs {' and '.join(NEEDED)}")
def test_a_real_keyring_that_is_locked(here, tmp_path):
    script = """
    printf 'drawer' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    "$1" -c "
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()"
    printf pear-tree-1234 | "$1" -m copydesk login clinic
    """
    done = session(script, tmp_path / "keyring")
    assert done.returncode == 2
    assert "no keyring of this system can be used: it is locked" in done.stderr
    assert "COPYDESK_CLINIC_SECRET" in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.skipif(bool(NEEDED), reason=f"a real keyring needs {' and '.join(NEEDED)}")
def test_typed_on_a_terminal_it_is_not_shown(here, tmp_path):
    pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    script = """
    printf 'drawer' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    "$1" on_a_terminal.py "$1" -m copydesk login clinic
    """
    write("on_a_terminal.py", ON_A_TERMINAL)
    done = session(script, tmp_path / "keyring")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "will be sent to https://clinic.example and to no other host" in done.stdout
    assert "Secret (it is not shown): " in done.stdout
    assert "Stored in the keyring" in done.stdout
    assert SECRET not in done.stdout + done.stderr


#: Types the secret once it is asked for, and shows what the terminal showed.
ON_A_TERMINAL = f"""
import os, pty, sys

child, screen = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
while True:
    try:
        part = os.read(screen, 1024)
    except OSError:
        break
    seen += part
    if part.endswith(b"shown): "):
        os.write(screen, b"{SECRET}\\n")
print(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
