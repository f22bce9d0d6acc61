"""`copydesk import` where it went wrong before: two runs at once, pastes, names, odd pages."""

from __future__ import annotations

import io
import json
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_kit import Ran, tree, write
from import_kit import DRAFT, PLUGIN, RECORDS, REPORT, VISIT, body_of, mini

from copydesk.config import Flags
from copydesk.imports.inputs import Given
from copydesk.imports.plan import carry_out
from copydesk.imports.site import ImportSite
from copydesk.imports.steps import Choices, Importing
from copydesk.model.finding import CopydeskError

Run = Callable[..., Ran]


@pytest.fixture
def imports(copydesk: Run, tmp_path: Path) -> Run:
    plugin = write(tmp_path / "mini_importer.py", PLUGIN)
    return lambda *arguments: copydesk("import", *arguments, "--plugin", plugin)


def test_of_two_runs_for_one_draft_the_second_overwrites_nothing(imports: Run) -> None:
    plans = []
    for number in (1, 2):
        path = mini(f"{number}.txt", f"Fees\n\nSentence {number} of the fees stands here.\n")
        now = datetime.now(UTC)
        site = ImportSite(None, None, Flags(), now)
        plan = Importing(site, Choices(), now).plan(Given(path.name, path))
        assert plan is not None
        plans.append((plan, site))
    said = []

    def run(at: int) -> None:
        try:
            carry_out(*plans[at])
        except CopydeskError as error:
            said.append((at, error.failure.message))

    runs = [threading.Thread(target=run, args=(at,)) for at in (0, 1)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    [(failed, message)] = said
    assert "another run" in message or "changed while" in message
    assert f"Sentence {2 - failed} of" in Path("posts/fees.md").read_text()
    [record] = json.loads(RECORDS.read_text())["imports"]
    assert record["input"] == f"{2 - failed}.txt"


def test_what_could_not_be_written_is_not_called_imported(imports: Run) -> None:
    write(REPORT.parent / "images", "a file where a folder should be\n")
    ran = imports(mini(text=VISIT + "\n![x](p.png)\n\nPICTURE p.png 89504e470d0a1a0a00\n"))
    assert ran.code == 2 and "could not be written" in ran.err
    assert "imported posts/" not in ran.out and not DRAFT.exists()


def test_a_second_paste_without_a_title_is_another_post(
    imports: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def paste(text: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return imports("-", "--yes")

    assert paste("MINI\n\n\nWe open at nine. We close at five.\n").code == 0
    kept = tree("posts")
    other = paste("MINI\n\n\nBring a card to your visit. Parking is free.\n")
    assert other.code == 2 and "--name NEW-NAME" in other.err and tree("posts") == kept
    again = paste("MINI\n\n\nWe open at ten. We close at five.\n\nWe close at five.\n")
    assert again.code == 0 and "1 merged." in again.out


def test_a_changed_input_under_another_name_is_a_new_draft(imports: Run) -> None:
    imports(mini())
    kept = DRAFT.read_bytes()
    changed = mini(text=VISIT.replace("Monday", "Friday"))
    ran = imports(changed, "--name", "second")
    assert ran.code == 0 and DRAFT.read_bytes() == kept
    assert "Friday" in body_of(Path("posts/second.md"))
    changed = mini(text=VISIT.replace("Monday", "Sunday"))
    assert "1 merged." in imports(changed, "--name", "second", "--yes").out
    assert DRAFT.read_bytes() == kept and "Sunday" in body_of(Path("posts/second.md"))


def test_a_draft_that_is_html_now_can_be_imported_under_another_name(imports: Run) -> None:
    imports(mini())
    DRAFT.rename(DRAFT.with_suffix(".html"))
    changed = mini(text=VISIT.replace("Monday", "Friday"))
    assert "--name NEW-NAME" in imports(changed, "--yes").err
    assert imports(changed, "--name", "second").code == 0


def test_a_folder_with_nothing_to_import_is_no_success(imports: Run) -> None:
    write("old/picture.xyz", "no text")
    ran = imports("old")
    assert ran.code == 2 and "there was nothing to import" in ran.err


@pytest.mark.parametrize("text", ["", "MINI\n"])
def test_an_input_without_words_is_named(imports: Run, text: str) -> None:
    ran = imports(mini(text=text))
    assert ran.code == 2 and "visit.mini holds no words" in ran.err
    assert not Path("posts").exists() or not list(Path("posts").iterdir())


def test_two_posts_that_differ_in_their_ending_have_two_reports(imports: Run) -> None:
    for ending, key in (("md", "one"), ("markdown", "two")):
        text = f"---\ntitle: {key}\ndate: never\n---\n\nWords of {key} are here.\n"
        write(f"posts/fees.{ending}", text)
    assert imports("posts", "--yes").code == 0
    reports = sorted(path.name for path in Path("posts").glob("*.import.log"))
    assert reports == ["fees.import.log", "fees.markdown.import.log"]


def test_that_the_drafts_words_were_kept_is_said(imports: Run) -> None:
    imports(mini())
    DRAFT.write_text(DRAFT.read_text().replace("an hour", "two hours"))
    changed = mini(text=VISIT.replace("\nIt takes an hour.\n", ""))
    ran = imports(changed, "--prefer", "draft")
    assert ran.code == 0 and "says nothing new" not in ran.out
    assert "the draft's words were kept" in ran.out and "two hours" in body_of()


@pytest.mark.parametrize("stem", ["../../away", "a\0b", "..\\away"])
def test_records_that_lead_pictures_elsewhere_are_named(imports: Run, stem: str) -> None:
    imports(mini())
    records = json.loads(RECORDS.read_text())
    records["imports"][0]["stem"] = stem
    RECORDS.write_text(json.dumps(records))
    ran = imports(mini(text=VISIT + "\n![x](p.png)\n\nPICTURE p.png 89504e470d0a1a0a00\n"), "--yes")
    assert ran.code == 2 and "record of what was imported is damaged" in ran.err


def test_a_title_as_long_as_a_text_is_cut_and_the_text_is_told(imports: Run) -> None:
    ran = imports(mini(text=f"{'All of it is in bold letters. ' * 900}\n\nWords below it.\n"))
    assert ran.code == 0
    [draft] = Path("posts").glob("*.md")
    [report] = Path("posts").glob("*.import.log")
    assert len(draft.read_text()) < 2000
    assert report.read_text().count("All of it is in bold letters.") > 800


def test_front_matter_that_does_not_fit_is_told(imports: Run) -> None:
    tags = ", ".join(f"tag number {number}" for number in range(3000))
    ran = imports(mini(text=f"Your first visit\ntags: {tags}\n\nCome in.\n"))
    assert ran.code == 0 and "tag number 2999" in REPORT.read_text()
    assert "tags" not in DRAFT.read_text() and body_of().strip() == "Come in."


def test_kinds_of_files_are_named_as_they_are_written(imports: Run) -> None:
    ran = imports(write("data.xyz", "no text"))
    assert ran.code == 2 and "html (HTML saved from" in ran.err and "hTML" not in ran.err


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n{}\n", '{"version": 1', "\0"])
def test_records_that_are_broken_are_named_in_plain_words(imports: Run, text: str) -> None:
    write(RECORDS, text)
    ran = imports(mini())
    assert ran.code == 2 and "is damaged" in ran.err and "Expecting" not in ran.err
    assert f"failed {RECORDS} " in ran.err and RECORDS.read_text() == text


def test_an_import_that_a_crash_cut_short_is_made_whole_by_the_next_one(imports: Run) -> None:
    text = VISIT + "\n![x](p.png)\n\nPICTURE p.png 89504e470d0a1a0a00\n\nOMIT Home\n"
    imports(mini(text=text))
    whole = tree(".")
    for lost in (DRAFT, REPORT, Path("posts/images/your-first-visit-1.png")):
        for path in (DRAFT, lost):  # the draft is what is written last
            path.unlink(missing_ok=True)
        assert imports("visit.mini").code == 0 and tree(".") == whole
