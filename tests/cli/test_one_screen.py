"""A post full of claims on a real terminal: one screen, and the three to mend first."""

from __future__ import annotations

from cli_kit import post, write
from terminal_kit import at_terminal

COLUMNS, ROWS = 100, 24
_CARE = ("Ketamine", "Massage", "Acupuncture", "Magnesium", "Regular exercise", "Light therapy")
_EFFECTS = (
    "relieves depression",
    "eases chronic pain",
    "improves sleep",
    "reduces anxiety",
    "prevents migraine",
    "lowers blood pressure",
)
_GRAVE = (
    "Studies show that most patients feel better within a day.",
    "In our practice 70 % of patients sleep better after two visits.",
    "Ketamine cures depression for everyone who has ever suffered from it, once and for all.",
)


def test_thirty_claims_fit_a_screen(here, copydesk):
    sections = [
        f"## What {care.lower()} does for people who come to us\n\n"
        + " ".join(f"{care} {effect}." for effect in _EFFECTS)
        for care in _CARE
    ]
    body = "\n\n".join([*_GRAVE, *sections])
    write("posts/what-our-care-does.md", post("What our care does", body, day=3))
    (result,) = copydesk("lint", "posts", "--format", "json").json["files"]
    claims = [each for each in result["findings"] if each["rule"].startswith("claims.")]
    assert len(claims) >= 30
    code, said = at_terminal("lint", "posts/what-our-care-does.md", NO_COLOR="1")
    assert code == 1
    lines = said.replace("\r\n", "\n").rstrip("\n").split("\n")
    rows = sum(max(1, -(-len(line) // COLUMNS)) for line in lines)
    assert rows < ROWS  # the last row is for the next command
    number = sum(each["severity"] != "info" for each in result["findings"])
    assert lines[0] == (
        f"posts/what-our-care-does.md: {number} findings. These 3 are the ones to mend first:"
    )
    first = [line for line in lines if line.startswith(("error ", "warn ")) and ":" in line]
    assert all(line.startswith("error ") for line in first[:3])
    told = [part for line in lines for part in line.split() if part.startswith("posts/")]
    assert len(told) == 4  # the post itself, then three places
    _, everything = at_terminal("lint", "posts/what-our-care-does.md", "--all", NO_COLOR="1")
    assert everything.count("posts/what-our-care-does.md:") == len(result["findings"])
