"""A changed input meets the draft that people have worked on: shown, asked, and then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli_kit import Ran, tree, write
from import_kit import DRAFT, PLUGIN, RECORDS, REPORT, VISIT, body_of, mini
from terminal_kit import at_terminal

Run = Callable[..., Ran]
PNG = "89504e470d0a1a0a00"
CURE = "Ketamine cures depression for everyone."
BAD = f"Your first visit\n\n{CURE}\n\nStudies show that ketamine helps.\n"


@pytest.fixture
def imports(copydesk: Run, tmp_path: Path) -> Run:
    plugin = write(tmp_path / "mini_importer.py", PLUGIN)
    return lambda *arguments: copydesk("import", *arguments, "--plugin", plugin)


def edit(old: str, new: str, path: Path = DRAFT) -> None:
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def test_a_merge_is_shown_and_waits_for_a_yes(imports: Run) -> None:
    imports(mini())
    edit("an hour", "one hour")
    before = tree()
    changed = mini(text=VISIT.replace("Monday", "Friday"))
    ran = imports(changed)
    assert ran.code == 2
    assert "  - We meet on Monday. Bring a card." in ran.out
    assert "  + We meet on Friday. Bring a card." in ran.out
    assert "one hour" not in ran.out
    assert "run this again with --yes" in ran.err
    assert tree() == {**before, "visit.mini": changed.read_bytes()}
    ran = imports(changed, "--yes")
    assert ran.code == 0 and ran.out.splitlines()[-1] == "1 merged."
    assert body_of() == "\nWe meet on Friday. Bring a card.\n\nIt takes one hour.\n"
    before = tree()
    assert imports(changed).code == 0
    assert tree() == before


def test_front_matter_is_kept_byte_for_byte_and_empty_keys_are_filled(imports: Run) -> None:
    imports(mini())
    edit("title: Your first visit", "title:   'My own title' # mine")
    edit("state: draft", "state: published\nmood: calm")
    head = DRAFT.read_text().split("---\n")[1]
    text = VISIT.replace("Your first visit", "Your visit\ndescription: What to bring.\nslug: x")
    ran = imports(mini(text=text.replace("Monday", "Friday")), "--yes")
    assert ran.code == 0
    assert "The document's title is now “Your visit”. The draft keeps its own." in ran.out
    now = DRAFT.read_text().split("---\n")[1]
    assert now == head.replace("description:", "description: What to bring.")
    assert "Friday" in body_of()


def test_what_is_mended_is_counted(imports: Run) -> None:
    imports(mini(text=BAD))
    text = BAD.replace(CURE, "Ketamine may help.").replace("helps", "always cures")
    ran = imports(mini(text=text))
    assert "findings mended" in ran.out
    counts = next(line for line in ran.out.splitlines() if "findings mended" in line).split()
    mended, total, left = int(counts[0]), int(counts[2]), int(counts[5])
    assert mended >= 1 and mended + left == total
    assert ("new:\n    " in ran.out and "error claims." in ran.out) or "warning claims." in ran.out


def test_waivers_stay_and_those_that_would_be_stale_are_named(imports: Run) -> None:
    imports(mini(text=BAD))
    waiver = (
        '[[waiver]]\npost = "your-first-visit"\nrule = "claims.vague-research"\n'
        'quote = "Studies show"\nreason = "x"\nuntil = 2099-01-01\nby = ["A", "B"]\n'
    )
    write("waivers.toml", waiver)
    kept = imports(mini(text=BAD + "\nCome in.\n"))
    assert "would become stale" not in kept.out
    gone = imports(mini(text=BAD.replace("Studies show that k", "K")))
    assert "The waiver of claims.vague-research for “Studies show” would become stale" in gone.out
    assert Path("waivers.toml").read_text() == waiver


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_a_draft_with_other_line_ends_and_a_mark_keeps_them(imports: Run, newline: str) -> None:
    imports(mini())
    text = DRAFT.read_text().replace("\n", newline)
    DRAFT.write_bytes(b"\xef\xbb\xbf" + text.encode())
    text = VISIT.replace("Monday. Bring", "Friday.\nBring") + "\nCome in.\n"
    assert imports(mini(text=text), "--yes").code == 0
    data = DRAFT.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---")
    assert newline.join(["We meet on Friday.", "Bring a card.", "", "It"]).encode() in data
    assert data.endswith(f"hour.{newline * 2}Come in.{newline}".encode())
    assert data.count(b"\n") == (data.count(b"\r\n") if newline == "\r\n" else 0)


def test_both_changed_one_passage(imports: Run) -> None:
    imports(mini())
    edit("Bring a card.", "Bring your card.")
    before = tree("posts")
    changed = mini(text=VISIT.replace("Bring a card.", "Bring a pen.") + "\nCome in.\n")
    ran = imports(changed, "--yes")
    assert ran.code == 2
    assert "draft:    We meet on Monday. Bring your card." in ran.out
    assert "document: We meet on Monday. Bring a pen." in ran.out
    assert "--prefer document or --prefer draft" in ran.err
    assert tree("posts") == before

    assert imports(changed, "--prefer", "draft", "--yes").code == 0
    assert "Bring your card." in body_of() and "Come in." in body_of()
    assert "Bring a pen." in REPORT.read_text()


def test_the_document_may_win(imports: Run) -> None:
    imports(mini())
    edit("Bring a card.", "Bring your card.")
    ran = imports(mini(text=VISIT.replace("a card", "a pen")), "--prefer", "document", "--yes")
    assert ran.code == 0 and "Bring a pen." in body_of()
    assert "Bring your card." in REPORT.read_text()


def test_a_change_that_the_draft_has_already_asks_nothing(imports: Run) -> None:
    imports(mini())
    edit("Monday", "Friday")
    before = DRAFT.read_bytes()
    changed = mini(text=VISIT.replace("Monday", "Friday"))
    ran = imports(changed)
    assert ran.code == 0 and ran.out.splitlines()[-1] == "1 unchanged."
    assert DRAFT.read_bytes() == before
    edit("Friday", "Sunday")
    assert "unchanged" in imports(changed).out, "the document has not changed since"
    assert "Sunday" in body_of()


def test_pictures_of_a_merge_come_with_it_and_are_no_finding(imports: Run) -> None:
    imports(mini())
    text = f"{VISIT}\n![A room](image-1.png)\n\nPICTURE image-1.png {PNG}\n"
    ran = imports(mini(text=text))
    assert ran.code == 2 and "missing-file" not in ran.out
    assert not Path("posts/images").exists()
    assert imports("visit.mini", "--yes").code == 0
    assert Path("posts/images/your-first-visit-1.png").exists()


def test_a_draft_that_cannot_be_read_is_named_and_left(imports: Run) -> None:
    imports(mini())
    DRAFT.write_bytes(b"\xff\xfe broken")
    ran = imports(mini(text=VISIT.replace("Monday", "Friday")), "--yes")
    assert ran.code == 2 and "posts/your-first-visit.md" in ran.err
    assert DRAFT.read_bytes() == b"\xff\xfe broken"


def test_a_draft_that_became_html_is_named_and_left(imports: Run) -> None:
    imports(mini())
    page = write("posts/page.html", "---\nid: your-first-visit\n---\n<p>Come in.</p>\n")
    DRAFT.unlink()
    ran = imports(mini(text=VISIT.replace("Monday", "Friday")), "--yes")
    assert ran.code == 2 and "is no Markdown any more" in ran.err
    assert "Come in." in page.read_text()


def test_another_post_of_the_same_file_name_is_no_changed_version(imports: Run) -> None:
    imports(mini())
    ran = imports(mini(text="Fees\n\nA visit costs fifty dollars.\n"))
    assert ran.code == 0
    assert sorted(tree("posts")) == ["fees.md", "your-first-visit.md"]
    assert "Monday" in body_of()


def test_a_file_that_moved_to_another_folder_is_known_by_its_words(imports: Run) -> None:
    imports(mini("a/visit.mini"))
    ran = imports(mini("b/visit.mini", VISIT.replace("Monday", "Friday")), "--yes")
    assert ran.code == 0 and "1 merged." in ran.out


def test_a_dry_run_shows_a_merge_and_writes_nothing(imports: Run) -> None:
    imports(mini())
    before = tree("posts")
    ran = imports(mini(text=VISIT.replace("Monday", "Friday")), "--dry-run")
    assert ran.code == 0 and "Friday" in ran.out
    assert tree("posts") == before


def test_a_post_too_large_to_compare_is_named(imports: Run) -> None:
    many = "".join(f"Paragraph {n}.\n\n" for n in range(6000))
    imports(mini(text=f"Long\n\n{many}"))
    ran = imports(mini(text=f"Long\n\n{many}More.\n"), "--yes")
    assert ran.code == 2 and "could not be compared" in ran.err


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_a_person_is_asked(
    imports: Run, tmp_path: Path, answer: str, written: bool
) -> None:
    imports(mini())
    mini(text=VISIT.replace("Monday", "Friday"))
    plugin = str(tmp_path / "mini_importer.py")
    code, said = at_terminal(
        *("import", "visit.mini", "--plugin", plugin), answers={"[y/N]: ": [answer]}
    )
    assert "Write this to posts/your-first-visit.md?" in said
    assert code == (0 if written else 2)
    assert ("Friday" in body_of()) is written


def test_a_crash_before_the_record_is_mended_by_the_next_import(imports: Run) -> None:
    imports(mini())
    kept = RECORDS.read_bytes()
    imports(mini(text=VISIT.replace("Monday", "Friday")), "--yes")
    RECORDS.write_bytes(kept)  # the draft was written, the record was not
    ran = imports("visit.mini")
    assert ran.code == 0 and ran.out.splitlines()[-1] == "1 unchanged."
