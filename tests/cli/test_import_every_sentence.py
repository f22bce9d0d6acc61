"""Every sentence of any input is in its draft or in the report, and importing again moves nothing.

The documents are made here, so what has to come out is known without asking an importer.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from cli_kit import tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.config import Flags
from copydesk.imports.accounting import plain, sentences, texts_of
from copydesk.imports.inputs import Given, expand, read
from copydesk.imports.plan import ImportPlan, carry_out
from copydesk.imports.report import report_path
from copydesk.imports.site import ImportSite
from copydesk.imports.steps import Choices, Importing
from copydesk.sources import read_source

SHARED = Path(__file__).parents[2] / ".." / "shared"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
#: What means something in Markdown, in HTML or to people who copy from a screen.
ODD = """
*stars* _under_ __init__ a*b [x] [x](y) ![i](j) [^1] `tick` <b> </p> &amp; & < > # ## 1. 2) - + !
| a|b ~~no~~ ~20 \\ \\n $5 5% 50° — – … “so” ‘it’ it's 😀 👩‍⚕️ ñ é 日本 שלום --- === *** ```
https://a.example/b_c_ a@b.example Q: A: • · → {{x}} {% y %} @user +1 <!-- %20 http:// x=1&y=2
1) a) (a) [ ]
"""
COMMON = "we meet on a day and bring cards to see how it went"
WORDS = st.sampled_from([*COMMON.split(), *ODD.split()])
SENTENCES = st.lists(WORDS, min_size=0, max_size=8).map(
    lambda words: " ".join(["They", "said", *words, "then."])
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join)
TITLES = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: " ".join(["About", *words]))


class Part(NamedTuple):
    """A block of a made document."""

    kind: str
    text: str


PARTS = st.one_of(
    st.builds(Part, st.just("heading"), TITLES),
    st.builds(Part, st.just("paragraph"), PARAGRAPHS),
    st.builds(Part, st.just("item"), PARAGRAPHS),
)
DOCUMENTS = st.tuples(TITLES, st.lists(PARTS, max_size=7))
Document = tuple[str, list[Part]]


def as_pasted(title: str, parts: list[Part]) -> bytes:
    marks = {"heading": "", "paragraph": "", "item": "• "}
    return "\n\n".join([title, *(marks[each.kind] + each.text for each in parts)]).encode()


def as_markdown(title: str, parts: list[Part]) -> bytes:
    def escaped(text: str) -> str:
        return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)

    marks = {"heading": "## ", "paragraph": "", "item": "- "}
    lines = [f"# {escaped(title)}", *(marks[each.kind] + escaped(each.text) for each in parts)]
    return ("\n\n".join(lines) + "\n").encode()


def as_html(title: str, parts: list[Part]) -> bytes:
    tags = {"heading": "<h2>{}</h2>", "paragraph": "<p>{}</p>", "item": "<ul><li>{}</li></ul>"}
    body = "\n".join(tags[each.kind].format(html.escape(each.text)) for each in parts)
    head = f'<html><head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
    return f"{head}<body><h1>{html.escape(title)}</h1>\n{body}</body></html>".encode()


def as_docx(title: str, parts: list[Part]) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    for each in parts:
        if each.kind == "heading":
            document.add_heading(each.text, 2)
        else:
            style = "List Bullet" if each.kind == "item" else None
            document.add_paragraph(each.text, style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FORMS: dict[str, Callable[[str, list[Part]], bytes]] = {
    "post.txt": as_pasted,
    "post.md": as_markdown,
    "post.html": as_html,
    "post.docx": as_docx,
}


def imported(folder: Path, path: Path) -> tuple[ImportSite, ImportPlan]:
    """Import a file into a site as the command does."""
    site = ImportSite(folder / "posts", None, Flags(), NOW)
    plan = Importing(site, Choices(), NOW).plan(Given(path.name, path))
    assert plan is not None and not site.failures
    carry_out(plan, site)
    return site, plan


def told(site: ImportSite, plan: ImportPlan) -> str:
    """Return all that is in the draft as it lies on disk, and in the report."""
    draft = texts_of(site.read(read_source(plan.path, site.key(plan.path))))
    report = report_path(plan.path)
    lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    left_out = [line.removeprefix("   | ") for line in lines]
    return " ".join(plain(text) for text in (*draft, *left_out))


def _examples(name: str, number: int) -> int:
    """Return how many documents to try: a Word file takes a hundred times as long to make."""
    return number // 4 if name.endswith(".docx") else number


@pytest.mark.parametrize("name", FORMS)
def test_every_sentence_is_in_the_draft_or_in_the_report(name: str) -> None:
    @settings(max_examples=_examples(name, 120), suppress_health_check=list(HealthCheck))
    @given(DOCUMENTS)
    def check(document: Document) -> None:
        title, parts = document
        with TemporaryDirectory() as place:
            folder = Path(place)
            path = folder / name
            path.write_bytes(FORMS[name](title, parts))
            site, plan = imported(folder, path)
            words = told(site, plan)
            for text in {title, *(each.text for each in parts)}:
                wanted = (title, *(each.text for each in parts)).count(text)
                for sentence in sentences([text]):
                    assert words.count(sentence) >= wanted, f"{sentence!r} is lost:\n{words}"
            before = tree(folder)
            assert imported(folder, path)[1].kind == "unchanged"
            assert tree(folder) == before

    check()


@pytest.mark.parametrize("name", FORMS)
def test_a_changed_input_changes_only_what_changed(name: str) -> None:
    @settings(max_examples=_examples(name, 30), suppress_health_check=list(HealthCheck))
    @given(DOCUMENTS, st.data())
    def check(document: Document, data: st.DataObject) -> None:
        _add_on_both_sides(name, document, data)

    check()


def _add_on_both_sides(name: str, document: Document, data: st.DataObject) -> None:
    title, parts = document
    parts = [*parts, Part("paragraph", "We close with this.")]
    at = data.draw(st.integers(0, len(parts)))
    with TemporaryDirectory() as place:
        folder = Path(place)
        path = folder / name
        path.write_bytes(FORMS[name](title, parts))
        _, plan = imported(folder, path)
        mine = plan.path.read_bytes() + b"\nA line of my own.\n"
        plan.path.write_bytes(mine)
        new = [*parts[:at], Part("paragraph", "This is wholly new."), *parts[at:]]
        path.write_bytes(FORMS[name](title, new))
        site = ImportSite(folder / "posts", None, Flags(), NOW)
        merged = Importing(site, Choices(prefer="draft"), NOW).plan(Given(path.name, path))
        assert merged is not None
        if merged.data is not None:
            assert b"A line of my own." in merged.data
            carry_out(merged, site)
        # At the end both have added something, and then the draft's words were to win.
        words = told(site, merged) if merged.data is not None else str(merged.omissions)
        assert "This is wholly new." in words.replace("\\", "")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material does not lie beside it")
def test_real_posts_are_accounted_for_and_the_second_import_moves_nothing(tmp_path: Path) -> None:
    site = ImportSite(tmp_path / "posts", None, Flags(), NOW)
    importing = Importing(site, Choices(), NOW)
    done = refused = 0
    for given_ in expand([str(SHARED / "posts")], ()):
        try:
            plan = importing.plan(given_)
        except Exception as error:
            assert type(error).__name__ in ("CopydeskError", "ConfigErrors"), given_.shown
            refused += 1
            continue
        if plan is None:
            continue
        carry_out(plan, site)
        importing.remember(plan)
        done += 1
        words = told(site, plan)
        for sentence in raw_sentences(read(given_).data):
            assert sentence in words, f"{given_.shown}: {sentence}"
    assert done >= 45 and refused <= 5
    before = tree(tmp_path)
    again = Importing(ImportSite(tmp_path / "posts", None, Flags(), NOW), Choices(), NOW)
    for given_ in expand([str(SHARED / "posts" / "seeds")], ()):
        second = again.plan(given_)
        assert second is not None and second.kind == "unchanged"
    assert tree(tmp_path) == before


def raw_sentences(data: bytes) -> list[str]:
    """Return sentences of a post that hold no markup at all, read without any of our readers."""
    text = data.decode("utf-8", "ignore")
    found = re.findall(r"(?:(?<=\n\n)|(?<=\. ))[A-Z][A-Za-z ,]{20,200}\.(?=\n\n| [A-Z])", text)
    return [plain(each) for each in found]
