"""Each entry of the data files is found where it is meant to be: none is dead or misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import Finding
from copydesk.testing import run_rule
from copydesk_plugins import artefacts
from copydesk_plugins.artefacts.garbled import garbled
from copydesk_plugins.artefacts.vocabulary import Vocabulary, parts_of, sections, widgets

RULES = {rule.id.partition(".")[2]: rule for rule in artefacts.register_rules()}
DATA = Path(artefacts.__file__).parent / "data"
PROSE = (
    "We walk at noon and bring a coat, a scarf and a flask of tea for those who come along. " * 3
)
LANGUAGES = sorted({name.partition(", ")[0] for name in sections("widgets")})


def entries(name: str, *chosen: str) -> list[str]:
    return [entry for section in chosen for entry in sections(name)[section]]


def quoted(rule: str, text: str, name: str = "post.md") -> list[Finding]:
    found = run_rule(RULES[rule], text, name)
    assert all(text[f.start.offset : f.end.offset] == f.quote for f in found)
    return found


def written(phrase: str) -> str:
    """Write a phrase as it may stand in a text: something for each gap and each open end."""
    words = ("some more" if word == "*" else word.replace("*", "s") for word in phrase.split())
    return " ".join(words)


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.txt")))
def test_no_entry_is_there_twice(name: str) -> None:
    for section, phrases in sections(name).items():
        assert len(phrases) == len(set(phrases)), section


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_widget_is_found_at_the_end(language: str) -> None:
    for section in sections("widgets"):
        if not section.startswith(language) or section.endswith("network"):
            continue
        for entry in sections("widgets")[section]:
            line = entry.replace("0", "12").capitalize()
            found = quoted("widget", f"# A walk\n\n{PROSE}\n\n{line}\n")
            assert [each.quote for each in found] == [line], (section, entry)
            assert (found[0].severity == "warning") == section.endswith("doubtful")


def test_no_widget_is_known_in_two_places() -> None:
    known = [
        phrase
        for section, phrases in sections("widgets").items()
        if not section.endswith("begins")
        for phrase in phrases
    ]
    shared = {phrase for phrase in known if known.count(phrase) > 1}
    # Words of several languages count as those of the first; "print" is a network's, too.
    assert all(widgets()[phrase].where != "doubtful" for phrase in shared)


def test_every_mark_of_a_template_is_found_and_is_silent_as_code() -> None:
    for mark in entries("template", "error", "warning"):
        end = "]" if mark.startswith("[") else " "
        text = f"# A walk\n\nWe walk at {mark}{end} noon.\n"
        assert len(quoted("template", text)) == 1, mark
        assert not quoted("template", text.replace(mark + end, f"`{mark}{end}`")), mark
        if mark.startswith("["):  # how WordPress shows one on purpose
            assert not quoted("template", text.replace(mark + end, f"[{mark}{end}]")), mark
    for value in entries("template", "value"):
        assert [f.quote for f in quoted("template", f"# A walk\n\n{value}\n")] == [value]


def test_every_placeholder_is_found() -> None:
    for phrase in entries("placeholders", "sure", "example"):
        text = f"# A walk\n\nWe walk, {phrase} and so on.\n"
        assert len(quoted("placeholder", text)) == 1, phrase
    for note in entries("placeholders", "note"):
        assert len(quoted("placeholder", f"# A walk\n\n{note.upper()}: tea.\n")) == 1, note
        assert not quoted("placeholder", f"# A walk\n\nWe {note} it.\n"), note


def test_every_word_of_order_is_found_and_a_link_settles_it() -> None:
    for phrase in entries("order", "post", "part", "time"):
        sentence = f"Now {written(phrase)} comes in."
        text = f"# A walk\n\n{PROSE}{sentence} {PROSE}\n"
        assert len(quoted("order-words", text)) == 1, phrase
        linked = text.replace(sentence, f"{sentence[:-1]} [here](pier.md).")
        assert not quoted("order-words", linked), phrase


def test_every_heading_of_related_posts_is_found() -> None:
    for heading in entries("related", "heading"):
        text = f"# A walk\n\n{PROSE}\n\n## {heading.title()}\n\nMeet our team\n"
        assert len(quoted("related-posts", text)) == 1, heading


def test_every_byline_is_found() -> None:
    for line in entries("bylines", "alone"):
        shown = line.replace("0", "7")
        (found,) = quoted("byline", f"# A walk\n\n{shown}\n\n{PROSE}\n")
        assert found.quote == shown and found.fix
    for start in entries("bylines", "begins"):
        (found,) = quoted("byline", f"# A walk\n\n{start} 3 March\n\n{PROSE}\n")
        assert not found.fix


def test_every_mark_of_a_cut_is_found() -> None:
    for mark in entries("cut", "mark"):
        end = {"[": "]", "(": ")"}.get(mark[0], "")
        text = f"# A walk\n\nWe walk at noon {mark}{end}\n\n{PROSE}\n"
        assert len(quoted("cut", text)) == 1, mark
    for word in entries("cut", "open"):
        text = f"# A walk\n\n{PROSE}\n\nThis is how we walk at noon {word}\n"
        assert len(quoted("cut", text)) == 1, word


def test_every_tracking_part_is_found_and_what_is_certain_is_taken_out() -> None:
    for name in entries("tracking", "click", "campaign"):
        href = f"https://pier.example/?page=2&{name.replace('*', 'x')}=1#top"
        (found,) = quoted("tracking", f"# A walk\n\nSee [the pier]({href}).\n")
        assert (found.severity == "info") == (name in sections("tracking")["campaign"])
        assert [edit.text for edit in found.fix or ()] == (
            [] if found.severity == "info" else ["https://pier.example/?page=2#top"]
        )
    for source in entries("tracking", "copied"):
        href = f"https://pier.example/?utm_source={source}&utm_id=1"
        (found,) = quoted("tracking", f"# A walk\n\nSee [the pier]({href}).\n")
        assert [edit.text for edit in found.fix or ()] == ["https://pier.example/"]


def test_every_phrase_and_mark_of_chat_windows_is_found() -> None:
    for phrase in entries("chatbot", "phrase", "fond"):
        text = f"# A walk\n\n{PROSE}\n\n{written(phrase).capitalize()} one and go.\n"
        assert len(quoted("chatbot", text)) == 1, phrase
    for mark in entries("chatbot", "mark", "source", "stuck"):
        stuck = mark in sections("chatbot")["stuck"]
        shown = f"noon.x{mark}0" if stuck else f"{mark}.b:0"
        assert len(quoted("chatbot", f"# A walk\n\nWe walk at {shown} noon.\n")) == 1, mark
        assert not quoted("chatbot", f"# A walk\n\nWe walk at `{shown}` noon.\n"), mark
    for gap in entries("chatbot", "placeholder", "placeholder-word"):
        gap = written(gap).title()
        assert len(quoted("chatbot", f"# A walk\n\nAsk [{gap}] now.\n")) == 1, gap


def test_every_doubled_word_is_found_once_and_mended() -> None:
    for word in entries("doubled", "word"):
        text = f"# A walk\n\nWe walk at noon and go {word} {word} pier.\n"
        (found,) = quoted("repeated", text)
        ((start, end, new),) = found.fix or ()
        assert text[:start] + new + text[end:] == text.replace(f"{word} {word}", word)


def test_every_heading_that_is_glued_to_a_word_of_the_post_is_found() -> None:
    for heading in entries("headings", "heading"):
        text = f"# A walk\n\nWe bring tea.\n\n{heading.capitalize()}tea is fine.\n"
        assert len(quoted("glued", text)) == 1, heading


def test_the_quick_look_never_leaves_a_phrase_out() -> None:
    for name in ("chatbot", "order", "placeholders", "template"):
        for phrases in sections(name).values():
            for phrase in phrases:
                words = frozenset(parts_of(f"and {written(phrase)} more"))
                known = Vocabulary([phrase])
                assert known.possible(words) == [phrase]
                assert all(hint in written(phrase) for hint in known.hints(words))


LETTERS = "éèàçüößñ’“”–—…€™°½ © 😀•"


@pytest.mark.parametrize("letter", LETTERS.replace(" ", ""))
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_garbled_letters_lead_back_to_themselves(letter: str, encoding: str) -> None:
    data = letter.encode("utf-8")
    wrong = "".join(_read(byte, encoding) for byte in data)
    assert garbled(f"a {wrong} b") == [(2, 2 + len(wrong), letter)]


def _read(byte: int, encoding: str) -> str:
    """Read a byte as browsers do: five bytes mean nothing in Windows-1252."""
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize("word", ["AMANHÔ", "CHÂ»", "Ã", "â", "pâte", "Ângela", "naïve »", "É”"])
def test_good_letters_are_no_garbled_ones(word: str) -> None:
    assert garbled(word) == []
