"""A WXR file, imported into a real WordPress: what visitors get is what the posts say."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path

import pytest
from cms_kit import Site
from systems_kit import SERVERS, visitor_get
from wordpress_kit import WordPress

FILE = "imports.wxr.xml"
#: What WordPress, XML or an importer could take for something else, and a soft line break.
HOSTILE = """\
We show [gallery] and [[embed]] as they are, and ]]> too; 5 < 6 & "quotes"
stand on the next line of the source.

https://www.youtube.com/watch?v=dQw4w9WgXcQ

- one
- two with [fees](fees.md)

```
if a[0] > b:

    [audio]
```
"""


@pytest.fixture
def site(tmp_path: Path, clean_wordpress: WordPress) -> Site:
    made = Site(tmp_path, clean_wordpress)
    (made.folder / "copydesk.toml").write_text(
        f'root = true\ntimezone = "Pacific/Kiritimati"\nsite-url = "{clean_wordpress.url}/"\n'
        '[targets.imports]\nkind = "wxr"\n'
        '[rules]\n"artefacts.template" = "off"\n',  # here the hostile marks are meant
        "utf-8",
    )
    made.target = "imports"
    front_matter = {"category": '"Q&A"', "tags": '["Ängste", "C++ & more"]', "author": "Mara Li"}
    made.post("fees", HOSTILE, 1, title='"Fees ]]> & <em>more</em>"', **front_matter)
    made.post("hours", "We open at nine.", 2)
    made.post("parking", "Park behind the house.", 3)
    return made


def bring_in(site: Site, wordpress: WordPress) -> dict[str, int]:
    """Import the file as a person does."""
    done = subprocess.run(
        ["php", SERVERS / "import_wxr.php", wordpress.files.parents[1], site.folder / FILE],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def publish(site: Site, *flags: str) -> None:
    ran = site.publish(*flags)
    assert ran.code == 0, ran.said


def test_every_field_arrives(site: Site, clean_wordpress: WordPress) -> None:
    publish(site, "--go-live")
    assert bring_in(site, clean_wordpress) == {"made": 3, "there": 0}
    fees = clean_wordpress.post("fees")
    assert (fees.state, fees.title) == ("public", "Fees ]]> & <em>more</em>")
    assert fees.tags == ("C++ & more", "Ängste")
    assert fees.raw["date_gmt"] == "2026-03-01T09:00:00"
    assert fees.raw["excerpt"]["raw"] == "What to know about fees."
    category = clean_wordpress.ask("GET", f"categories/{fees.raw['categories'][0]}")
    assert html.unescape(category["name"]) == "Q&A"
    author = clean_wordpress.ask("GET", f"users/{fees.raw['author']}", "admin")
    assert author["name"] == "Mara Li"
    found = clean_wordpress.query(
        f"select meta_value from wp_postmeta where post_id = {fees.id} "
        "and meta_key = '_copydesk_id'"
    )
    assert found == [("id-fees",)]


def test_visitors_read_what_the_post_says(site: Site, clean_wordpress: WordPress) -> None:
    publish(site, "--go-live")
    bring_in(site, clean_wordpress)
    fees = clean_wordpress.post("fees").raw["content"]["rendered"]
    said = html.unescape(re.sub(r"<[^<>]*>", "", fees))
    for words in ("[gallery] and [[embed]] as they are, and ]]> too; 5 < 6 &", "    [audio]"):
        assert words in said, fees
    assert "<br" not in fees and "<iframe" not in fees
    assert "\n" not in re.search(r"<p>We show.*?</p>", fees, re.S)[0]  # type: ignore[index]
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in said


def test_previous_and_next_lead_to_pages_that_are_there(
    site: Site, clean_wordpress: WordPress
) -> None:
    publish(site, "--go-live")
    bring_in(site, clean_wordpress)
    hours = clean_wordpress.post("hours").body
    links = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', hours))
    assert set(links) == {"prev", "next"}
    assert "Fees ]]&gt; &amp; &lt;em&gt;more" in hours
    for address in links.values():
        answer = visitor_get(address)
        assert answer.status == 200, address


def test_without_go_live_nothing_is_public(site: Site, clean_wordpress: WordPress) -> None:
    publish(site)
    bring_in(site, clean_wordpress)
    ours = [each for each in clean_wordpress.posts() if each.slug in ("fees", "hours", "parking")]
    assert [each.state for each in ours] == ["draft"] * 3


def test_an_import_that_is_made_twice_makes_no_copies(
    site: Site, clean_wordpress: WordPress
) -> None:
    publish(site, "--go-live")
    bring_in(site, clean_wordpress)
    assert bring_in(site, clean_wordpress) == {"made": 0, "there": 3}
    assert clean_wordpress.post("fees")


def test_the_next_file_holds_what_is_new_only(site: Site, clean_wordpress: WordPress) -> None:
    publish(site, "--go-live")
    bring_in(site, clean_wordpress)
    (site.folder / FILE).unlink()
    site.post("garden", "We have a garden.", 4)
    publish(site, "--go-live")
    assert bring_in(site, clean_wordpress) == {"made": 1, "there": 0}
    assert 'rel="prev"' in clean_wordpress.post("garden").body
