"""`copydesk import`: what becomes of an input, and what is said about it."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_kit import Ran, post, times, tree, write
from import_kit import DRAFT, PLUGIN, RECORDS, REPORT, VISIT, body_of, mini

from copydesk.imports.inputs import MAX_BYTES
from copydesk.ledger import held

PNG = "89504e470d0a1a0a00"
Run = Callable[..., Ran]


@pytest.fixture
def imports(copydesk: Run, tmp_path: Path) -> Run:
    """Run `copydesk import` with the importer of the tests."""
    plugin = write(tmp_path / "mini_importer.py", PLUGIN)
    return lambda *arguments: copydesk("import", *arguments, "--plugin", plugin)


def test_an_input_becomes_a_draft_with_complete_front_matter(imports: Run, copydesk: Run) -> None:
    ran = imports(mini())
    assert ran.code == 0 and ran.err == ""
    assert DRAFT.read_text() == (
        '---\ntitle: Your first visit\nslug: your-first-visit\nid: "your-first-visit"\n'
        "state: draft\ndescription:\n---\n\n"
        "We meet on Monday. Bring a card.\n\nIt takes an hour.\n"
    ).replace('"your-first-visit"', _id_as_written())
    assert not REPORT.exists()
    assert ran.out.splitlines() == [
        "imported posts/your-first-visit.md from visit.mini",
        "Next: copydesk lint posts/your-first-visit.md",
        "1 imported.",
    ]
    assert copydesk("lint", DRAFT).code == 0


def _id_as_written() -> str:
    line = next(line for line in DRAFT.read_text().splitlines() if line.startswith("id:"))
    assert line.strip('id: "') == "your-first-visit"
    return line.removeprefix("id: ")


def test_what_the_input_knew_is_kept_and_its_state_is_not(imports: Run) -> None:
    keys = "slug: first\nid: abc-1\nstate: published\npublished: 2026-03-02T09:00:00Z\nlayout: wide"
    ran = imports(mini(text=f"Your first visit\n{keys}\n\nCome in.\n"))
    assert ran.code == 0
    lines = Path("posts/first.md").read_text().splitlines()
    assert "state: draft" in lines and "published: 2026-03-02T09:00:00Z" in lines
    assert "layout: wide" in lines and "slug: first" in lines
    assert any(line.startswith("id: ") and "abc-1" in line for line in lines)


def test_a_state_is_kept_when_asked(imports: Run) -> None:
    imports(mini(text="Your first visit\nstate: scheduled\n\nCome in.\n"), "--keep-state")
    assert "state: scheduled" in DRAFT.read_text()


def test_ids_are_unique_in_the_site(imports: Run) -> None:
    write("posts/other.md", post("Other", id="your-first-visit"))
    write("posts/page.html", "<title>x</title><p>Hello.</p>")
    imports(mini())
    assert "your-first-visit-2" in DRAFT.read_text()
    imports(mini("more.mini", VISIT.replace("Monday", "Friday")), "--name", "more")
    assert "more" in Path("posts/more.md").read_text()


def test_an_id_that_is_taken_or_cannot_be_used_gives_way_and_is_named(imports: Run) -> None:
    write("posts/other.md", post("Other", id="taken"))
    ran = imports(mini(text="Your first visit\nid: taken\nslug: a/b\n\nCome in.\n"))
    assert ran.code == 0
    assert "id: taken" in ran.out and "slug: a/b" in ran.out
    assert "slug: a-b" in Path("posts/a-b.md").read_text()
    assert "id: taken" in Path("posts/a-b.import.log").read_text()


def test_the_sites_own_names_of_keys_are_used(imports: Run) -> None:
    write("copydesk.toml", '[front-matter]\nstate = "draft"\npublished = "date"\n')
    imports(mini(text="Your first visit\npublished: 2026-03-02T09:00:00Z\n\nCome in.\n"))
    lines = DRAFT.read_text().splitlines()
    assert "draft: true" in lines and "date: 2026-03-02T09:00:00Z" in lines
    assert not any(line.startswith("state:") for line in lines)


@pytest.mark.parametrize(
    ("name", "body", "title", "stem"),
    [
        ("a.mini", "## What to bring\n\nA card.\n", "What to bring", "what-to-bring"),
        ("2026-01-05-our_new-room.mini", "It is quiet.\n", "Our new room", "our-new-room"),
        ("\u202evisit \U0001f600 two\x07.mini", "It is quiet.\n", "Visit 😀 two", "visit-two"),
        ("😀.mini", "It is quiet.\n", "😀", "post"),
        ("日本.mini", "It is quiet.\n", "日本", "日本"),
    ],
)
def test_a_title_nobody_gave(imports: Run, name: str, body: str, title: str, stem: str) -> None:
    ran = imports(mini(name, f"\n\n{body}"))
    assert ran.code == 0
    assert "\x07" not in ran.out and "\u202e" not in ran.out
    text = Path(f"posts/{stem}.md").read_text(encoding="utf-8")
    assert f"title: {title}\n" in text or f'title: "{title}"\n' in text


def test_a_long_title_in_any_script_has_a_file(imports: Run) -> None:
    assert imports(mini(text="診" * 100 + "\n\nCome in.\n")).code == 0
    assert len(next(Path("posts").glob("*.md")).name.encode()) < 240


def test_nothing_is_lost_without_a_word(imports: Run) -> None:
    ran = imports(mini(text=VISIT + "\nOMIT Home About us\n\nLOSE This fell out. And this.\n"))
    assert ran.code == 0
    for text in (ran.out, REPORT.read_text()):
        for words in ("Home About us", "It is a menu.", "This fell out.", "And this."):
            assert words in text
    assert "3 passages left out, see posts/your-first-visit.import.log." in ran.out


def test_a_sentence_counts_as_often_as_it_stands(imports: Run) -> None:
    imports(mini(text=VISIT + "\nCome in.\n\nLOSE Come in.\n"))
    assert REPORT.read_text().count("| Come in.") == 1


def test_the_pager_of_an_old_site_is_cut_out_and_named(imports: Run) -> None:
    pager = "\nPrevious\n\nPrevious\n\nOur room\n\nNext\n\nNext\n\nOur team\n"
    ran = imports(mini(text=VISIT + pager))
    assert body_of() == "\nWe meet on Monday. Bring a card.\n\nIt takes an hour.\n"
    told = REPORT.read_text()
    assert "page links" in told and "| Our room" in told and "| Our team" in told
    assert "could not be carried over" not in told
    assert ran.code == 0


def test_the_report_is_written_anew_and_goes_when_nothing_is_left_to_tell(imports: Run) -> None:
    imports(mini(text=VISIT + "\nOMIT Home\n"))
    imports(mini(text=VISIT + "\nOMIT About us\n"), "--yes")
    assert "About us" in REPORT.read_text() and "Home" not in REPORT.read_text()
    imports(mini(), "--yes")
    assert not REPORT.exists()


def test_another_file_in_the_place_of_the_report_is_left_alone(imports: Run) -> None:
    write(REPORT, "my notes\n")
    ran = imports(mini(text=VISIT + "\nOMIT Home\n"))
    assert ran.code == 2 and "was not written by Copydesk" in ran.err
    assert tree("posts") == {REPORT.name: b"my notes\n"}


def test_pictures_go_beside_the_draft(imports: Run) -> None:
    text = f"{VISIT}\n![A room](image-1.png)\n\nPICTURE image-1.png {PNG}\n"
    assert imports(mini(text=text)).code == 0
    assert "![A room](images/your-first-visit-1.png)" in body_of()
    assert Path("posts/images/your-first-visit-1.png").read_bytes() == bytes.fromhex(PNG)
    before = tree()
    assert imports(mini(text=text)).code == 0
    assert tree() == before


def test_a_picture_of_others_is_never_overwritten(imports: Run) -> None:
    write("posts/images/your-first-visit-1.png", b"theirs")
    imports(mini(text=f"{VISIT}\n![A room](image-1.png)\n\nPICTURE image-1.png {PNG}\n"))
    assert Path("posts/images/your-first-visit-1.png").read_bytes() == b"theirs"
    assert "(images/your-first-visit-2.png)" in body_of()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("image-1.svg", "3c7376673e", "Only PNG"),
        ("image-1.png", "4d5a9000", "Only PNG"),
        ("other.png", PNG, "names this picture nowhere"),
    ],
)
def test_what_is_no_picture_is_named(imports: Run, name: str, data: str, reason: str) -> None:
    ran = imports(mini(text=f"{VISIT}\n![A room](image-1.png)\n\nPICTURE {name} {data}\n"))
    assert ran.code == 0 and reason in ran.out and name in REPORT.read_text()
    assert not Path("posts/images").exists()


def test_the_same_file_again_changes_nothing(imports: Run) -> None:
    imports(mini(text=VISIT + "\nOMIT Home\n"))
    before, moments = tree(), times(".")
    ran = imports("visit.mini")
    assert ran.code == 0 and "unchanged posts/your-first-visit.md" in ran.out
    assert (tree(), times(".")) == (before, moments)


def test_a_draft_that_was_moved_is_found_by_its_id(imports: Run) -> None:
    imports(mini())
    DRAFT.rename("posts/renamed.md")
    ran = imports("visit.mini")
    assert ran.code == 0 and "unchanged posts/renamed.md" in ran.out
    assert sorted(tree("posts")) == ["renamed.md"]


def test_a_draft_that_was_deleted_is_made_again_with_its_id(imports: Run) -> None:
    imports(mini(text="Your first visit\nid: abc\n\nCome in.\n"))
    DRAFT.unlink()
    assert imports("visit.mini").code == 0
    assert "abc" in DRAFT.read_text()
    DRAFT.unlink()
    assert imports(mini(text="Your first visit\n\nCome in, please.\n")).code == 0
    assert "abc" in DRAFT.read_text() and "please" in DRAFT.read_text()


@pytest.mark.parametrize("title", ["Your first visit", "YOUR FIRST, visit"])
def test_two_inputs_with_one_name_for_their_drafts(imports: Run, title: str) -> None:
    imports(mini())
    before = tree("posts")
    ran = imports(
        mini("other.mini", f"{title}\n\nNothing like it.\n"), mini("third.mini", "Z\n\nY.\n")
    )
    assert ran.code == 2
    assert "other.mini" in ran.err and "was made from visit.mini" in ran.err
    assert "--name NEW-NAME" in ran.err
    assert tree("posts") == {**before, "z.md": Path("posts/z.md").read_bytes()}
    assert ran.out.splitlines()[-1] == "1 imported, 1 failed."
    assert imports("other.mini", "--name", "Another visit").code == 0
    assert "Nothing like it." in Path("posts/another-visit.md").read_text()


def test_a_file_of_other_people_is_not_overwritten(imports: Run) -> None:
    write(DRAFT, "theirs")
    ran = imports(mini())
    assert ran.code == 2 and "was not made by an import" in ran.err
    assert DRAFT.read_text() == "theirs" and not RECORDS.exists()


def test_inputs_of_one_name_in_two_folders_are_two_posts(imports: Run) -> None:
    one, two = mini("a/visit.mini"), mini("b/visit.mini", "Fees\n\nWhat a visit costs.\n")
    assert imports(one, two).code == 0
    assert sorted(tree("posts")) == ["fees.md", "your-first-visit.md"]
    same_title = mini("c/visit.mini", "Your first visit\n\nWholly other words.\n")
    assert imports(same_title, "--yes").code == 2
    assert "Wholly other" not in DRAFT.read_text()


def test_one_that_fails_does_not_stop_the_others(imports: Run) -> None:
    files = [
        mini("locked.mini", "REFUSE"),
        mini("crash.mini", "CRASH"),
        mini("wrong.mini", "WRONG"),
        "absent.mini",
        write("picture.png", bytes.fromhex(PNG)),
        mini(),
    ]
    ran = imports(*files)
    assert ran.code == 2
    assert DRAFT.exists()
    assert ran.out.splitlines()[-1] == "1 imported, 5 failed."
    for words in (
        "locked.mini is locked. Ask whoever made it.",
        "crash.mini could not be converted by mini: ZeroDivisionError",
        "wrong.mini could not be converted by mini: TypeError",
        "absent.mini could not be read: there is no such file",
        "picture.png is not a kind of file that can be imported",
    ):
        assert words in ran.err, ran.err
    assert "Traceback" not in ran.said


def test_an_input_that_is_too_large_or_no_file_is_named(imports: Run) -> None:
    with mini("large.mini").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    os.mkfifo("pipe.mini")
    ran = imports("large.mini", "pipe.mini")
    assert ran.code == 2
    assert "large.mini could not be read: it is larger than 32 MiB" in ran.err
    assert "pipe.mini could not be read: it is no regular file" in ran.err


def test_more_text_than_a_post_may_hold_is_named(imports: Run) -> None:
    ran = imports(mini(text="Long\n\n" + "Many words again. " * 1_000_000))
    assert ran.code == 2 and "more text than fits into one post" in ran.err
    assert not Path("posts").exists()


def test_standard_input(imports: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    typed(f"MINI\n{VISIT}")
    assert "from standard input" in imports("-").out and DRAFT.exists()
    typed(f"MINI\n{VISIT}")
    assert "unchanged" in imports("-").out
    typed("MINI\n\n\nNo title at all here.\n")
    assert imports("-").code == 0
    assert "title:\n" in Path("posts/pasted-text.md").read_text()


def test_a_folder_stands_for_what_can_be_imported(imports: Run) -> None:
    mini("old/a/visit.mini")
    mini("old/fees.mini", "Fees\n\nWhat it costs.\n")
    write("old/picture.xyz", b"\x00\x01")
    write("old/.git/x.mini", VISIT)
    Path("old/link.mini").symlink_to("/etc/hostname")
    ran = imports("old")
    assert ran.code == 0
    assert "left alone old/picture.xyz: no importer knows this kind of file." in ran.out
    assert sorted(tree("posts")) == ["fees.md", "your-first-visit.md"]
    assert "Next: copydesk lint posts" in ran.out


def test_an_empty_folder_is_no_success(imports: Run) -> None:
    Path("empty").mkdir()
    ran = imports("empty")
    assert ran.code == 2 and "there was nothing to import" in ran.err


def test_a_dry_run_writes_nothing(imports: Run) -> None:
    before = tree()
    ran = imports(mini(), mini("same.mini", VISIT + "\nMore.\n"), "--dry-run")
    assert ran.code == 2 and "was made from visit.mini" in ran.err
    assert "would import posts/your-first-visit.md from visit.mini" in ran.out
    assert "Nothing was written." in ran.out.splitlines()[-1]
    assert sorted(tree()) == sorted({**before, "visit.mini": b"", "same.mini": b""})


@pytest.mark.parametrize("to", ["drafts/new", "drafts/new/"])
def test_the_folder_for_drafts_is_made(imports: Run, to: str) -> None:
    assert imports(mini(), "--to", to).code == 0
    assert imports("visit.mini", "--to", to).out.startswith("unchanged")
    assert Path("drafts/new/your-first-visit.md").exists()


def test_the_first_folder_of_posts_is_used(imports: Run) -> None:
    write("copydesk.toml", 'posts = ["texts", "more"]\n')
    Path("below").mkdir()
    os.chdir("below")
    assert imports(mini()).code == 0
    assert Path("../texts/your-first-visit.md").exists()


@pytest.mark.parametrize("to", ["../away", "link", "link/below", "site", ".git", "file"])
def test_a_folder_that_takes_no_drafts(imports: Run, tmp_path: Path, to: str) -> None:
    write("copydesk.toml", "root = true\n")
    (tmp_path / "away").mkdir()
    Path("link").symlink_to(tmp_path / "away")
    write("file", "x")
    ran = imports(mini(), "--to", to, "--config", "copydesk.toml")
    assert ran.code == 2 and "--to posts" in ran.err
    assert tree(tmp_path / "away") == {} and not Path("site").exists()


def test_a_draft_that_is_a_symbolic_link_is_in_the_way(imports: Run, tmp_path: Path) -> None:
    Path("posts").mkdir()
    DRAFT.symlink_to(tmp_path / "elsewhere.md")
    assert imports(mini()).code == 2
    assert not (tmp_path / "elsewhere.md").exists()


def test_pictures_do_not_leave_the_site(imports: Run, tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    Path("posts").mkdir()
    Path("posts/images").symlink_to(tmp_path / "away")
    ran = imports(mini(text=f"{VISIT}\n![A room](image-1.png)\n\nPICTURE image-1.png {PNG}\n"))
    assert ran.code == 2 and tree(tmp_path / "away") == {}


def test_an_old_page_among_the_posts_still_counts_and_that_is_said(imports: Run) -> None:
    write("posts/old.html", "MINI\n" + VISIT)
    ran = imports("posts/old.html")
    assert ran.code == 0 and DRAFT.exists()
    assert "posts/old.html still counts as a post" in ran.out


def test_a_post_of_the_site_is_not_imported_again(imports: Run) -> None:
    write("posts/fees.md", post("Fees", id="fees"))
    before = tree()
    ran = imports("posts/fees.md")
    assert ran.code == 0 and "is a post of this site already" in ran.out
    assert tree() == before


def test_a_file_of_the_site_is_converted_in_place_after_a_yes(imports: Run) -> None:
    old = b"MINI\nCaf\xc3\xa9\nstate: published\n\nCome in.\n"
    write("posts/old.md", old)
    ran = imports("posts/old.md")
    assert ran.code == 2 and "run this again with --yes" in ran.err
    assert "  - MINI" in ran.out and "  + state: draft" in ran.out
    assert "With --keep-state it stays published." in ran.out
    assert tree() == {"posts/old.md": old}
    ran = imports("posts/old.md", "--yes")
    assert ran.code == 0
    assert Path("posts/old.md.orig").read_bytes() == old
    assert "Café" in Path("posts/old.md").read_text(encoding="utf-8")
    before = tree()
    assert imports("posts/old.md", "--yes").code == 0
    assert tree() == before


def test_the_original_is_not_kept_over_another_file(imports: Run) -> None:
    write("posts/old.md", "MINI\n" + VISIT)
    write("posts/old.md.orig", "precious")
    ran = imports("posts/old.md", "--yes")
    assert ran.code == 2 and "posts/old.md.orig is there already" in ran.err
    assert Path("posts/old.md").read_text() == "MINI\n" + VISIT


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2}',
        '{"version": 1, "imports": [{}]}',
        '{"version": 1, "imports": 3}',
    ],
)
def test_records_that_cannot_be_used_are_named(imports: Run, text: str) -> None:
    write(RECORDS, text)
    ran = imports(mini())
    assert ran.code == 2 and "record of what was imported" in ran.err
    assert not Path("posts").exists()


def test_records_name_no_folders(imports: Run, tmp_path: Path) -> None:
    imports(mini("a/b/visit.mini").absolute())
    text = RECORDS.read_text()
    assert str(tmp_path) not in text and "a/b" not in text
    assert json.loads(text)["version"] == 1


def test_wrong_flags(imports: Run) -> None:
    assert "for a single input" in imports(mini(), mini("b.mini"), "--name", "x").err
    ran = imports(mini(), "--as", "mimi")
    assert ran.code == 2 and "Did you mean mini?" in ran.err
    assert imports(write("a.bin", VISIT), "--as", "mini").code == 0


def test_a_post_in_windows_1252_is_led_to_the_import_that_converts_it(copydesk: Run) -> None:
    old = "---\ntitle: Café hours\n---\n\nWe’re open – at nine.\n".encode("windows-1252")
    write("posts/old.md", old)
    ran = copydesk("lint", "posts/old.md")
    assert ran.code == 2 and "`copydesk import posts/old.md` converts it" in ran.said
    assert copydesk("import", "posts/old.md").code == 2
    assert Path("posts/old.md").read_bytes() == old
    assert copydesk("import", "posts/old.md", "--yes").code == 0
    assert Path("posts/old.md.orig").read_bytes() == old
    assert "We’re open – at nine." in Path("posts/old.md").read_text(encoding="utf-8")
    assert copydesk("lint", "posts/old.md").code != 2


def test_posts_that_lie_loose_are_told_of_when_a_folder_for_posts_is_made(imports: Run) -> None:
    write("hours.md", post("Hours"))
    ran = imports(mini("visit.mini"))
    assert ran.code == 0 and DRAFT.exists()
    assert "posts is now the folder of posts." in ran.out and "hours.md" in ran.out
    assert "hours.md" not in imports(mini("b.mini", "Fees\n\nFifty dollars.\n")).out


def test_an_input_beside_the_folder_to_come_is_no_post(imports: Run) -> None:
    ran = imports(write("visit.txt", f"MINI\n{VISIT}"), write("fees.md", "MINI\nFees\n\nNone.\n"))
    assert ran.code == 0 and "counts as" not in ran.out and "no longer" not in ran.out
    assert sorted(tree("posts")) == ["fees.md", "your-first-visit.md"]


def test_two_runs_at_once_do_not_write_over_each_others_records(imports: Run, here: Path) -> None:
    with held(here) as free:
        assert free
        ran = imports(mini())
    assert ran.code == 2 and "another run is at work on this site" in ran.err
    assert not DRAFT.exists() and not RECORDS.exists()
    assert imports("visit.mini").code == 0


def test_importing_the_site_into_itself_moves_nothing(imports: Run) -> None:
    imports(mini(text=VISIT + "\nOMIT Home\n"))
    write("posts/fees.md", post("Fees", id="fees"))
    before = tree()
    ran = imports(".")
    assert ran.code == 0 and tree() == before
    assert "import.log" not in ran.out and "imports.json" not in ran.out
    assert ran.out.splitlines()[-1] == "3 unchanged."
