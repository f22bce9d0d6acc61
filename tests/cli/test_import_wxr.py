"""`copydesk import --from-wxr`: the posts of an export, and whatever may be wrong with one."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

import pytest
from cli_kit import Ran, post, process, tree, write

CASES = Path(__file__).parents[1] / "cases" / "wxr"
PNG = bytes.fromhex("89504e470d0a1a0a0000")
Run = Callable[..., Ran]

TOP = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Quiet Harbour</title><link>https://quietharbour.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
"""
END = "</channel></rss>\n"


def item(number: int, title: str, html: str, more: str = "") -> str:
    return (
        f"<item><title>{title}</title><content:encoded><![CDATA[{html}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2026-03-0{number} 09:00:00"
        f"</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}"
        "</item>\n"
    )


@pytest.fixture
def taken(copydesk: Run) -> Callable[..., Ran]:
    """Take over an export of the cases, or one that is given as text."""

    def take(name: str, *arguments: object, text: str | bytes = "") -> Ran:
        path = write(name, text) if text else CASES / name
        return copydesk("import", "--from-wxr", path, *arguments)

    return take


def test_each_post_becomes_a_file_with_all_that_is_known_of_it(taken: Run) -> None:
    ran = taken("wordpress.xml")
    assert ran.code == 0 and ran.err == ""
    assert Path("posts/first-visit.md").read_text() == (
        "---\ntitle: What a first visit is like & why we make tea\nslug: first-visit\n"
        'id: "first-visit"\nstate: published\npublished: 2026-03-02T09:00:00Z\n'
        "updated: 2026-03-09T09:00:00Z\n"
        "description: What happens on a first visit, from the bell to the goodbye.\n"
        'keyphrase: first visit\ncategory: Visits\ntags: [tea, "Q&A"]\nauthor: Mira Holt\n'
        'image: "https://quietharbour.example/wp-content/uploads/2026/03/kettle.png"\n'
        "image_alt: A kettle on a stove\ncategories: [Visits, The house]\n---\n\n"
        "You ring the bell, and we make **tea**. "
        "Bring [a few things](https://quietharbour.example/what-to-bring/).\n\n"
        "![A kettle on a stove](https://quietharbour.example/wp-content/uploads/2026/03/kettle.png)"
        "\n\nThe kettle has its own shelf.\n\n- A pen\n"
    )


def test_what_cannot_be_in_a_draft_is_named(taken: Run) -> None:
    ran = taken("wordpress.xml")
    report = Path("posts/first-visit.import.log").read_text()
    assert 'wp:latest-posts {"postsToShow":3}' in report and 'wp:latest-posts {"pos' in ran.out
    assert "shortcodes (contact-form-7)" in Path("posts/fees.import.log").read_text()
    assert "one category here: the first" in report
    assert ran.out.splitlines()[-1] == (
        "7 imported; 1 passage left out, see the files *.import.log."
    )
    counted = "1 comment, 1 post in the trash, 1 page, 1 file of the media library, 1 menu entry"
    assert f"only posts are taken: {counted}, 1 revision." in ran.out


def test_texts_of_the_classic_editor_keep_paragraphs_breaks_and_captions(taken: Run) -> None:
    taken("wordpress.xml")
    body = Path("posts/fees.md").read_text().split("---\n", 2)[2]
    assert body == (
        "\nA visit costs fifty dollars.\\\nBring cash or a card.\n\n"
        "![An old till](https://quietharbour.example/wp-content/uploads/2026/03/till.png)\n\n"
        "Our till, from 1950.\n\n> We never send a bill by post.\n>\n> Never.\n\n"
        '[contact-form-7 id="9" title="Ask us"]\n\nThe rest is *talk*.\n'
    )


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("fees", ['id: "fees-2026"', "state: published"]),
        ("post-13", ["title:", "state: draft"]),
        ("summer-hours", ["state: scheduled", "published: 2026-07-01T06:00:00Z"]),
        ("for-the-team", ["state: draft"]),
        ("for-members", ["state: draft"]),
        ("fees-2", ["slug: fees", "state: draft"]),
    ],
)
def test_states_ids_and_odd_posts(taken: Run, name: str, lines: list[str]) -> None:
    taken("wordpress.xml")
    written = Path(f"posts/{name}.md").read_text().splitlines()
    assert set(lines) <= set(written)


def test_what_is_odd_about_a_post_is_said(taken: Run) -> None:
    out = taken("wordpress.xml").out
    assert "Only people who were logged in saw it there. Here it is a draft." in out
    assert "It was protected by a password there. Here it is a draft." in out
    assert "It has no title there. Give it one before it goes online." in out
    assert "“Old notes on fees” in wordpress.xml:71 has the same slug, fees" in out


def test_the_same_export_again_changes_nothing(taken: Run) -> None:
    taken("wordpress.xml")
    before = tree()
    ran = taken("wordpress.xml")
    assert ran.code == 0 and ran.out.splitlines()[-1] == "7 unchanged."
    assert tree() == before


def test_a_newer_export_under_another_name_is_merged_into_what_people_changed(taken: Run) -> None:
    text = TOP + item(1, "Tea", "<p>We make tea.</p><p>Come in.</p>") + END
    taken("monday.xml", text=text)
    draft = Path("posts/tea.md")
    draft.write_text(draft.read_text().replace("Come in.", "Do come in.") + "\nBring a pen.\n")
    newer = text.replace("We make tea.", "We make green tea.").replace("Tea<", "Green tea<")
    ran = taken("tuesday.xml", text=newer)
    assert ran.code == 2 and "nobody said yes" in ran.err
    assert "title: “Tea” becomes “Green tea”" in ran.out
    ran = taken("tuesday.xml", "--yes", text=newer)
    assert ran.code == 0 and ran.out.splitlines()[-1] == "1 merged."
    written = draft.read_text()
    assert "title: Green tea\n" in written
    assert written.endswith("\nWe make green tea.\n\nDo come in.\n\nBring a pen.\n")
    assert taken("tuesday.xml", text=newer).out.splitlines()[-1] == "1 unchanged."


def test_a_value_that_both_sides_changed_waits_for_a_person(taken: Run) -> None:
    text = TOP + item(1, "Tea", "<p>We make tea.</p>") + END
    taken("a.xml", text=text)
    draft = Path("posts/tea.md")
    draft.write_text(draft.read_text().replace("title: Tea", "title: Our tea"))
    newer = text.replace("<title>Tea<", "<title>Their tea<")
    ran = taken("a.xml", "--yes", text=newer)
    assert ran.code == 2 and "title: Our tea" in draft.read_text()
    assert "title was changed in the draft and there:" in ran.out
    assert taken("a.xml", "--yes", "--prefer", "document", text=newer).code == 0
    assert "title: Their tea\n" in draft.read_text()
    assert "“Our tea”" in Path("posts/tea.import.log").read_text()


def test_a_file_of_somebody_else_is_not_overwritten(taken: Run) -> None:
    write("posts/first-visit.md", post("Mine"))
    ran = taken("wordpress.xml")
    assert ran.code == 2 and "posts/first-visit.md is there already" in ran.err
    assert "--name" not in ran.err
    assert Path("posts/first-visit.md").read_text() == post("Mine")
    assert ran.out.splitlines()[-1].startswith("6 imported, 1 failed")


def test_a_dry_run_writes_nothing(taken: Run) -> None:
    ran = taken("wordpress.xml", "--dry-run")
    assert ran.code == 0 and "would import posts/fees-2.md" in ran.out
    assert not Path("posts").exists() and not Path(".copydesk").exists()


def test_an_export_of_squarespace(taken: Run) -> None:
    assert taken("squarespace.xml").code == 0
    written = Path("posts/sleep-and-tides.md").read_text()
    assert "slug: sleep-and-tides\n" in written and "author: Sam Reed\n" in written
    assert "description: A lamp, a bed, and nothing else.\n" in written
    assert 'image: "https://images.squarespace.example/pier.jpg"\n' in written
    assert "## What helps" in written
    assert "(https://low-tide.squarespace.example/notes/lamps)" in written


def test_an_old_export(taken: Run) -> None:
    assert taken("old.xml").code == 0
    written = Path("posts/rain.md").read_text()
    assert "category: Weather\ntags: [rain]\nauthor: ada\n" in written
    assert "It rained.\n\nAnd then it rained **more**.\n" in written
    assert "![A rain gauge](http://old.example/gauge.jpg)\n\nThe gauge in May\n" in written
    assert "```\nmay   91 mm\n\njune  12 mm\n```\n\nSo we stayed in.\n" in written


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        ("refused-laughs.xml", ":2 ", "declares a document type of its own"),
        ("refused-external.xml", ":2 ", "declares a document type of its own"),
        ("refused-feed.xml", " ", "it is no export of WordPress or Squarespace"),
        ("refused-page.xml", ":1 ", "it is no export of a blog"),
        ("refused-text.xml", ":1 ", "it is no export of a blog"),
        ("refused-empty.xml", ":1 ", "it is no export of a blog"),
        ("there-is-none.xml", " ", "there is no such file"),
    ],
)
def test_a_file_that_is_no_export_is_refused_with_its_line(
    taken: Run, name: str, line: str, why: str
) -> None:
    write("copydesk.toml", 'root = true\nsite-title = "A secret"\n')
    ran = taken(name)
    assert ran.code == 2
    assert ran.err.startswith(f"failed {CASES / name}{line}")
    assert why in ran.err and "A secret" not in ran.said and "Traceback" not in ran.said
    assert not Path("posts").exists()


def test_items_that_are_no_xml_are_named_and_the_rest_goes_on(taken: Run) -> None:
    ran = taken("broken-items.xml")
    assert ran.code == 2
    assert ":20 “The second” could not be read: a tag in it is not closed" in ran.err
    assert ":33 one item could not be read: it holds a sign such as &nbsp;" in ran.err
    assert sorted(each.name for each in Path("posts").glob("*.md")) == [
        "fifth.md", "first.md", "third.md",
    ]  # fmt: skip
    assert "Three says \\<item> and goes on." in Path("posts/third.md").read_text()
    assert ran.out.splitlines()[-1] == "3 imported, 2 failed."


def test_a_file_that_breaks_off_is_named_and_what_was_whole_is_imported(taken: Run) -> None:
    ran = taken("broken-off.xml")
    assert ran.code == 2 and "“The second” could not be read: the file breaks off" in ran.err
    assert Path("posts/first.md").exists()


def test_bytes_that_are_no_text_cost_no_post(taken: Run) -> None:
    text = TOP + item(1, "Caf@", "<p>One # sign.</p>") + item(2, "Two", "<p>Fine.</p>") + END
    data = text.encode().replace(b"@", b"\xe9").replace(b"#", b"\x0b")
    ran = taken("latin.xml", text=data)
    assert ran.code == 0
    assert "became question marks (line 7 of the export)" in ran.out
    draft = next(Path("posts").glob("caf*.md")).read_text()
    assert 'title: "Caf\ufffd"' in draft and "One \ufffd sign." in draft
    assert "question marks" not in ran.out.partition("posts/two.md")[2]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-16"),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-16", "mark", "latin-1", "crlf"],
)
def test_other_encodings(taken: Run, encode: Callable[[str], bytes]) -> None:
    text = TOP + item(1, "Café", "<p>Crème.</p>") + END
    assert taken("other.xml", text=encode(text)).code == 0
    assert 'title: "Café"' in Path("posts/cafe.md").read_text()
    assert "Crème." in Path("posts/cafe.md").read_text()


def test_two_posts_of_one_number_are_not_taken_for_each_other(taken: Run) -> None:
    text = TOP + item(1, "One", "<p>First.</p>") + item(1, "Two", "<p>Second.</p>") + END
    ran = taken("twice.xml", text=text)
    assert ran.code == 2 and "“Two” in twice.xml" in ran.err and "the same number, 1" in ran.err
    assert not Path("posts/two.md").exists()


def test_posts_without_a_number_are_taken_all_the_same(taken: Run) -> None:
    text = "".join(item(n, f"No {n}", f"<p>Text {n}.</p>") for n in (1, 2))
    text = TOP + text.replace("<wp:post_id>", "<wp:x>").replace("</wp:post_id>", "</wp:x>") + END
    assert taken("bare.xml", text=text).out.splitlines()[-1] == "2 imported."
    assert taken("bare.xml", text=text).out.splitlines()[-1] == "2 unchanged."


def test_names_that_lead_elsewhere_stay_in_the_folder(taken: Run, here: Path) -> None:
    names = ["../../up", "..%2F..%2Fup", "/etc/up", "a/../../b", ".", "con/../x"]
    items = [
        item(n, f"Post {n}", "<p>x</p>", f"<wp:post_name>{name}</wp:post_name>")
        for n, name in enumerate(names, 1)
    ]
    before = tree(here.parent).keys()
    taken("names.xml", text=TOP + "".join(items) + END)
    new = [name for name in tree(here.parent).keys() - before if not name.endswith(".xml")]
    assert new and all(
        name.startswith(("practice/posts/", "practice/.copydesk/", "home/")) for name in new
    )


def test_our_own_mark_in_a_text_gives_the_id_back_and_goes(taken: Run) -> None:
    mark = "<!-- copydesk post=tea-2026 text=abc -->\n<nav>x</nav>\n<!-- /copydesk -->"
    body = f"<!-- wp:paragraph -->\n<p>Tea.</p>\n<!-- /wp:paragraph -->\n\n{mark}"
    taken("ours.xml", text=TOP + item(1, "Tea", body) + END)
    written = Path("posts/tea.md").read_text()
    assert 'id: "tea-2026"\n' in written and written.endswith("---\n\nTea.\n")


def test_scripts_forms_and_hidden_words_do_not_get_in(taken: Run) -> None:
    html = (
        "<p>Fine.</p><script>alert(1)</script><form>Name</form><p hidden>Unseen.</p>]]]]><![CDATA[>"
    )
    ran = taken("sly.xml", text=TOP + item(1, "Tea", html) + END)
    written = Path("posts/tea.md").read_text()
    assert "alert" not in written and "Name" not in written and "Unseen" not in written
    assert "“Name”" in ran.out and "“Unseen.”" in ran.out


class _Server(http.server.SimpleHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/away.png":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:9/x.png")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "host"
    write(folder / "kettle.png", PNG)
    write(folder / "page.png", b"<html>no picture</html>")
    _Server.asked = []
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(_Server, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def with_pictures(host: str, more: str = "") -> str:
    names = ["/kettle.png", f"{host}/kettle.png", "/page.png", "/away.png", "/none.png"]
    html = "".join(f'<p><img src="{name}" alt="A picture"></p>' for name in names)
    html += '<p><img src="http://127.0.0.3:9/elsewhere.png" alt="Far">' + more + "</p>"
    return TOP.replace("https://quietharbour.example", host) + item(1, "Tea", html) + END


def test_pictures_stay_on_the_web(taken: Run, host: str) -> None:
    assert taken("p.xml", text=with_pictures(host)).code == 0
    assert _Server.asked == [] and not Path("posts/images").exists()
    assert f"]({host}/kettle.png)" in Path("posts/tea.md").read_text()


def test_pictures_of_the_blogs_own_host_come_along_when_asked(taken: Run, host: str) -> None:
    ran = taken("p.xml", "--pictures", text=with_pictures(host))
    assert ran.code == 0
    written = Path("posts/tea.md").read_text()
    assert Path("posts/images/tea-1.png").read_bytes() == PNG
    assert written.count("](images/tea-1.png)") == 2
    assert sorted(_Server.asked) == ["/away.png", "/kettle.png", "/none.png", "/page.png"]
    assert f"]({host}/page.png)" in written and "(http://127.0.0.3:9/elsewhere.png)" in written
    assert "page.png stays where it is on the web: it is no PNG" in ran.out
    assert "none.png stays where it is on the web: its host answers 404" in ran.out
    assert "away.png stays where it is on the web: " in ran.out


def test_pictures_that_came_along_stay_when_the_post_changes(taken: Run, host: str) -> None:
    taken("p.xml", "--pictures", text=with_pictures(host))
    _Server.asked.clear()
    ran = taken("p.xml", "--yes", text=with_pictures(host, "More."))
    assert ran.code == 0 and _Server.asked == []
    written = Path("posts/tea.md").read_text()
    assert "More." in written and written.count("](images/tea-1.png)") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a.md", "--from-wxr", "a.xml"),
        ("--from", "clinic", "--from-wxr", "a.xml"),
        ("--from-wxr", "a.xml", "--name", "x"),
        ("--from-wxr", "a.xml", "--as", "html"),
        ("a.md", "--pictures"),
    ],
)
def test_what_does_not_go_together_is_refused(copydesk: Run, arguments: tuple[str, ...]) -> None:
    write("a.md")
    write("a.xml", TOP + END)
    before = tree()
    ran = copydesk("import", *arguments)
    assert ran.code == 2 and ran.err and tree() == before


def test_an_export_without_posts_is_no_success(taken: Run) -> None:
    ran = taken("empty.xml", text=TOP + END)
    assert ran.code == 2 and "holds no post" in ran.err


def test_large_files_need_no_more_memory(here: Path) -> None:
    """A text of sixty million signs is passed over while the posts around it come in."""
    path = write("big.xml", TOP + item(1, "One", "<p>Fine.</p>"))
    with path.open("a") as stream:
        stream.write("<item><title>Huge</title><content:encoded><![CDATA[")
        for _ in range(600):
            stream.write("word " * 20_000)
        stream.write("]]></content:encoded><wp:post_type>post</wp:post_type></item>\n")
        stream.write(item(2, "Two", "<p>Fine.</p>") + END)
    # Not getrusage: what that tells begins with the memory of the process that started this one.
    script = (
        "import sys; from copydesk.cli.main import run; code = run(sys.argv[1:]);"
        "peak = open('/proc/self/status').read().partition('VmHWM:')[2].split()[0];"
        "print(code, int(peak) // 1024)"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("there is no /proc here that tells how much memory was used")
    ran = process_with(script, "import", "--from-wxr", path)
    code, megabytes = map(int, ran.out.split()[-2:])
    assert code == 2 and "“Huge” was not imported: it is longer than fits" in ran.err
    assert sorted(each.name for each in Path("posts").glob("*.md")) == ["one.md", "two.md"]
    assert megabytes < 150


def process_with(script: str, *arguments: object) -> Ran:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_records_say_nothing_of_the_export_but_its_address(taken: Run) -> None:
    taken("wordpress.xml")
    found = json.loads(Path(".copydesk/imports.json").read_text())["imports"]
    assert {each["input"] for each in found} == {"quietharbour.example"}


def test_posts_that_were_read_can_be_checked_and_published_to_a_folder(taken: Run) -> None:
    taken("wordpress.xml")
    ran = process("run", "--now", "2026-06-01T12:00:00Z")
    assert Path("site/first-visit.html").is_file()
    assert "fees-2" not in " ".join(tree("site")) and "Traceback" not in ran.said
