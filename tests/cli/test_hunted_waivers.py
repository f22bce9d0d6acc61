"""What was found wrong around waivers and settings: each was lost, silent or shown to everybody."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_kit import NOW, Ran, post, write

Copydesk = Callable[..., Ran]

RULE = "claims.absolute"
BOTH = ("--reason", "Agreed.", "--by", "mara", "--by", "tom", "--now", NOW)
WAIVER = """
[[waiver]]
post = "{post}"
rule = "claims.vague-research"
quote = "Studies show"
reason = "Agreed."
by = ["mara"]
"""


def test_of_waivers_written_at_the_same_time_none_is_lost() -> None:
    write("copydesk.toml", "root = true\n")
    names = [f"posts/p{number}.md" for number in range(6)]
    for name in names:
        write(name, post("A post", "Acupuncture cures headaches."))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "copydesk", "waive", f"{name}:5", RULE, *BOTH],
            stdout=subprocess.DEVNULL,
        )
        for name in names
    ]
    assert [each.wait() for each in running] == [0] * 6
    found = tomllib.loads(Path("waivers.toml").read_text("utf-8"))["waiver"]
    assert sorted(each["post"] for each in found) == names


@pytest.mark.parametrize("name", ["posts/gone.md", "posts\\\\fees.md", "no-id", "fees.md"])
def test_a_waiver_of_a_post_that_is_not_there_is_told(copydesk: Copydesk, name: str) -> None:
    write("copydesk.toml", "root = true\n")
    write("posts/fees.md", post("Fees", "A visit costs fifty dollars.", id="fees"))
    write("waivers.toml", WAIVER.format(post=name))
    told = copydesk("check", "--now", NOW)
    assert "waivers.stale" in told.out and "There is no post" in told.out
    one = copydesk("check", "posts/fees.md", "--now", NOW)
    assert "waivers.stale" not in one.out


def test_a_post_that_cannot_be_read_is_still_there(copydesk: Copydesk) -> None:
    write("copydesk.toml", "root = true\n")
    write("posts/fees.md", post("Fees"))
    write("posts/old.md", b"\xe9")
    write("waivers.toml", WAIVER.format(post="id-of-old"))
    told = copydesk("check", "--now", NOW)
    assert told.code == 2 and "waivers.stale" not in told.out


@pytest.mark.parametrize("names", [(), ("mara", "tom")])
def test_only_people_of_the_site_are_named(copydesk: Copydesk, names: tuple[str, ...]) -> None:
    write("copydesk.toml", "root = true\n" + "".join(f"[people.{name}]\n" for name in names))
    write("posts/a.md", post("A post", "Acupuncture cures headaches."))
    ran = copydesk("waive", "posts/a.md:5", RULE, "--reason", "Agreed.", "--by", "mara")
    assert ran.code == 2 and "needs two people" in ran.err
    assert ("--by tom" in ran.err) == bool(names)


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("site-url", "https://mara:pear@blog.example"),
        ("targets.clinic.url", "https://mara:pear@blog.example"),
        ("targets.clinic.url", "https://pear@blog.example"),
    ],
)
def test_a_password_in_an_address_is_refused_and_not_shown(
    copydesk: Copydesk, key: str, address: str
) -> None:
    write("copydesk.toml", f'root = true\ntargets.clinic.kind = "folder"\n{key} = "{address}"\n')
    write("posts/fees.md", post("Fees", day=3))
    for command in (["check"], ["run"], ["config", "show", "posts/fees.md"], ["doctor"]):
        ran = copydesk(*command)
        assert ran.code == 2 and "without a user name or a password" in ran.said
        assert "pear" not in ran.said


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://:80", "https://a:b"])
def test_init_takes_no_address_that_is_none(copydesk: Copydesk, address: str) -> None:
    ran = copydesk("init", "blog", "--yes", "--url", address)
    assert ran.code == 2 and "--url should be an address" in ran.err
    assert not Path("blog").exists()


def test_init_takes_a_title_of_one_line(copydesk: Copydesk) -> None:
    ran = copydesk("init", "blog", "--yes", "--title", "Our\nblog\x1b[31m")
    assert ran.code == 0
    text = Path("blog/copydesk.toml").read_text("utf-8")
    assert tomllib.loads(text)["site-title"] == "Our blog [31m"


@pytest.mark.parametrize(
    "command",
    [
        "lint --output",
        "check --format json --output",
        "run --output",
        "plan --output",
        "plan --out",
    ],
)
def test_a_report_never_takes_the_place_of_a_post(copydesk: Copydesk, command: str) -> None:
    write("copydesk.toml", "root = true\n")
    text = post("Fees", day=3)
    write("posts/fees.md", text)
    ran = copydesk(*command.split(), "posts/fees.md")
    assert ran.code == 2 and "posts/fees.md is a post" in ran.err
    assert Path("posts/fees.md").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("bad", "words"), [(1, "1 more error or warning in"), (2, "2 more errors and warnings in")]
)
def test_what_is_not_due_is_counted_in_words(copydesk: Copydesk, bad: int, words: str) -> None:
    write("posts/fees.md", post("Fees", day=3))
    for number in range(bad):
        write(f"posts/d{number}.md", post("Draft", "Tea cures headaches."))
    assert words in copydesk("run", "--now", NOW).out


@pytest.mark.parametrize("name", ["gone.md", "posts"])
def test_a_template_that_is_no_file_is_called_the_template(copydesk: Copydesk, name: str) -> None:
    write("copydesk.toml", f'root = true\npost-template = "{name}"\n')
    write("posts/fees.md", post("Fees"))
    ran = copydesk("new", "A title")
    assert ran.code == 2 and f"{name} is to be the template of new drafts" in ran.err
