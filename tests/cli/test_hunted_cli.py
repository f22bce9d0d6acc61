"""What once went wrong on the command line, each seen from the outside."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_kit import NOW, post, tree, write

FAILING_RULE = """\
from copydesk.api import hookimpl, site_rule


@site_rule("own.fails", summary="s", why="w", good="g", bad="b", authority="a")
def fails(ctx):
    raise ValueError("no")
    yield


@hookimpl
def register_rules():
    return [fails]
"""


@pytest.mark.parametrize("empty", ["id:", 'id: ""', "id: null", "id:   # later"])
def test_an_empty_id_is_filled_in_and_never_written_twice(copydesk, here, empty):
    text = post("Fees", day=3)
    source = write("posts/fees.md", text.replace("---\n", f"---\n{empty}\nnote: x\n", 1))
    assert copydesk("run", "--now", NOW).code == 0
    assert source.read_text().count("id:") == 1
    assert 'id: "fees"' in source.read_text()
    again = copydesk("run", "--now", NOW)
    assert again.code == 0, again.said
    assert "0 files written" in again.out


def test_an_empty_id_in_toml_is_filled_in(copydesk, here):
    source = write(
        "posts/fees.md",
        '+++\ntitle = "Fees"\nid = ""\nstate = "published"\n'
        'published = "2026-03-03T09:00:00Z"\n+++\n\nText.\n',
    )
    assert copydesk("run", "--now", NOW).code == 0
    assert source.read_text().count("id =") == 1
    assert copydesk("run", "--now", NOW).code == 0


def test_an_id_goes_under_the_name_that_the_configuration_gives_it(copydesk, here):
    write("copydesk.toml", '[front-matter]\nid = "uid"\n')
    source = write("posts/fees.md", post("Fees", day=3))
    assert copydesk("run", "--now", NOW).code == 0
    before = source.read_text()
    assert 'uid: "fees"' in before
    again = copydesk("run", "--now", NOW)
    assert "0 files written" in again.out
    assert source.read_text() == before


def test_an_id_that_cannot_be_used_is_not_joined_by_a_second_one(copydesk, here):
    source = write("posts/fees.md", post("Fees", day=3, id="two words"))
    before = source.read_text()
    ran = copydesk("run", "--now", NOW, "--ignore", "basics")
    assert ran.code == 2
    assert "its id could not be written" in ran.err
    assert source.read_text() == before


def test_a_folder_of_posts_that_is_not_there_takes_no_page_down(copydesk, here):
    write("copydesk.toml", 'posts = ["posts", "news"]\n')
    write("posts/fees.md", post("Fees", day=3, id="fees"))
    write("news/hours.md", post("Hours", day=4, id="hours"))
    assert copydesk("run", "--now", NOW).code == 0
    before = tree("site")
    shutil.move("news", "elsewhere")
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert "the folder news" in ran.err
    assert tree("site") == before
    Path("news").mkdir()
    assert copydesk("run", "--now", NOW).code == 0
    assert "hours.html" not in tree("site")


def test_the_folder_posts_is_missed_although_other_texts_lie_about(copydesk, here):
    write("posts/fees.md", post("Fees", day=3, id="fees"))
    assert copydesk("run", "--now", NOW).code == 0
    shutil.move("posts", "../elsewhere")
    write("README.md", "About this folder.\n")
    assert copydesk("run", "--now", NOW).code == 2
    assert "fees.html" in tree("site")


@pytest.mark.parametrize(
    "image", [r"C:\Users\Mara\room.png", "file:///home/mara/room.png", "javascript:alert(1)"]
)
def test_a_picture_on_the_authors_machine_does_not_get_onto_the_page(copydesk, here, image):
    write("copydesk.toml", 'site-url = "https://blog.example/"\n')
    write("posts/fees.md", post("Fees", day=3, image=f"'{image}'", image_alt="A room"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    page = tree("site")["fees.html"].decode()
    assert "Mara" not in page
    assert "mara" not in page
    assert "<img" not in page
    assert "og:image" not in page
    assert "is no address on the web" in ran.out


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Pacific/Auckland", "9999-12-31T20:00:00Z"),
        ("America/Los_Angeles", "0001-01-01T01:00:00Z"),
    ],
)
def test_the_first_and_the_last_day_there_are_do_not_end_the_run(copydesk, here, zone, moment):
    write("copydesk.toml", f'timezone = "{zone}"\n')
    write("posts/fees.md", post("Fees", state="published", published=moment))
    assert copydesk("run", "--now", NOW).code == 0
    assert "fees.html" in tree("site")


def test_a_due_post_for_a_target_that_is_not_there_is_held_back(copydesk, here):
    write("posts/fees.md", post("Fees", day=3, targets="[Folder]"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert "It is meant for Folder, and no target has that name." in ran.out


def test_a_draft_may_name_a_target_that_is_still_to_come(copydesk, here):
    write("posts/idea.md", post("An idea", targets="[Folder]"))
    assert copydesk("run", "--now", NOW).code == 0


def test_a_site_rule_that_fails_can_be_left_out(copydesk, here):
    write("posts/fees.md", post("Fees", day=3))
    write("own.py", FAILING_RULE)
    assert copydesk("lint", "posts", "--plugin", "own.py").code == 2
    assert copydesk("lint", "posts", "--plugin", "own.py", "--ignore", "own.fails").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes what it is told to")
@pytest.mark.parametrize("command", ["lint posts --format json", "run --format json", "run"])
def test_a_closed_standard_output_is_no_fault(here, command):
    write("posts/fees.md", post("Fees", day=3))
    line = f'"{sys.executable}" -m copydesk {command} >&-'
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_an_id_is_written_into_a_file_with_a_very_long_name(copydesk, here):
    source = write(f"posts/{'п' * 124}.md", post("Fees", day=3, slug="fees"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert 'id: "fees"' in source.read_text()


def test_two_runs_at_once_leave_a_site_that_the_next_run_can_go_on_with(copydesk, here):
    for number in range(30):
        write(f"posts/p{number}.md", post(f"Post {number}", day=3, id=f"p{number}"))
    line = [sys.executable, "-m", "copydesk", "run", "--now", NOW]
    both = [
        subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert {each.wait(60) for each in both} <= {0, 2}
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert "30 posts are on the site" in ran.out


def test_two_targets_cannot_share_a_folder(copydesk, here):
    write("posts/fees.md", post("Fees", day=3))
    write(
        "copydesk.toml",
        '[targets.a]\nkind = "folder"\n[targets.b]\nkind = "folder"\npath = "./site/"\n',
    )
    ran = copydesk("run", "--to", "a", "--now", NOW)
    assert ran.code == 2
    assert "targets.b has the same path as targets.a" in ran.said


def test_what_another_tool_calls_no_draft_still_waits_for_its_date(copydesk, here):
    write("copydesk.toml", '[front-matter]\nstate = "draft"\npublished = "date"\n')
    text = "---\ntitle: Fees\nid: fees\ndraft: false\ndate: 2026-07-01T09:00:00Z\n---\n\nText.\n"
    write("posts/fees.md", text)
    assert copydesk("run", "--now", NOW).code == 0
    assert "fees.html" not in tree("site")
    assert copydesk("run", "--now", "2026-07-02T09:00:00Z").code == 0
    assert "fees.html" in tree("site")


def test_a_list_of_words_beside_a_plugin_is_read_again_when_it_changes(copydesk, here):
    write("posts/fees.md", post("Fees", "A visit costs fifty dollars."))
    write("own/words.txt", "costs")
    write(
        "own/plugin.py",
        "from pathlib import Path\n"
        "from copydesk.api import hookimpl, rule\n"
        'WORD = Path(__file__).with_name("words.txt").read_text()\n'
        '@rule("own.word", summary="s", why="w", good="g", bad="b", authority="a")\n'
        "def word(ctx):\n"
        "    for unit in ctx.post.units:\n"
        "        if WORD in unit.text:\n"
        '            yield ctx.report(unit, f"It says {WORD}.")\n'
        "@hookimpl\n"
        "def register_rules():\n"
        "    return [word]\n",
    )
    command = ("lint", "posts", "--plugin", "own/plugin.py")
    assert "It says costs." in copydesk(*command).out
    write("own/words.txt", "dollars")
    again = copydesk(*command).out
    assert "It says dollars." in again
    assert "It says costs." not in again
