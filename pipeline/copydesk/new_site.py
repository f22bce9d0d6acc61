"""A new site in any folder: its settings, a folder for posts, and a template for drafts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from copydesk import config_files
from copydesk.config_schema import BY_NAME
from copydesk.discover import key_of
from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.new_draft import TEMPLATE
from copydesk.sources import shown_path
from copydesk.time_zones import system_zone
from copydesk.toml_text import quoted

TEMPLATE_PATH = "templates/post.md"
#: Where other tools keep posts, the most telling first.
_USUAL = (
    "posts",
    "_posts",
    "content/posts",
    "content/post",
    "content/blog",
    "src/posts",
    "src/blog",
    "blog",
    "articles",
    "content",
)
_POSTS = (".md", ".markdown", ".html", ".htm", ".txt")
_NO_POSTS = ("readme", "license", "licence", "changelog", "contributing", "index.html")
#: Enough to know that there are many; a home folder is not searched to its end.
_MOST_FILES = 5_000
_CONFIG = """\
# The settings of this blog. docs/configuration.md of Copydesk explains each of them.
root = true

# The name of the blog, shown on its pages.
site-title = {title}

# The public address of the blog. Without it, links stay relative and no sitemap is written.
{url}

# The clock that dates without a zone go by.
timezone = {timezone}

# Where the posts are. What matches `exclude` is no post.
posts = {posts}
exclude = [{exclude}]

# What `copydesk new` starts a draft from.
post-template = {template}

# `copydesk run` writes the pages into this folder, and previews of drafts into site-preview/.
[targets.folder]
kind = "folder"
path = "site"
"""


class Answers(NamedTuple):
    """What a new site is to be called and where things are; all of it checked."""

    title: str
    url: str
    timezone: str
    posts: str


class Made(NamedTuple):
    """What was written, below the site's folder, and what people should know of it."""

    written: tuple[str, ...]
    notes: tuple[str, ...]


def guesses(folder: Path) -> Answers:
    """Return what a site in a folder is likely to want."""
    title = " ".join(folder.name.replace("-", " ").replace("_", " ").split()).title() or "Blog"
    return Answers(title, "", system_zone() or "UTC", likely_posts(folder)[0])


def likely_posts(folder: Path) -> tuple[str, int]:
    """Return the folder that holds posts already, relative, and how many; `posts` and 0 for none.

    Posts that lie in the folder itself, as in a folder of exported texts, count where no
    other place has any.
    """
    for name in _USUAL:
        if (folder / name).is_dir() and (count := count_posts(folder / name)):
            return name, count
    try:
        mine = sum(_is_post(entry) for entry in os.scandir(folder))
    except OSError:
        mine = 0
    return (".", mine) if mine else ("posts", 0)


def count_posts(folder: Path) -> int:
    """Return how many posts lie below a folder; links to folders are not followed."""
    count, stack = 0, [folder]
    while stack and count < _MOST_FILES:
        try:
            entries = list(os.scandir(stack.pop()))
        except OSError:
            continue
        count += sum(_is_post(entry) for entry in entries)
        stack += [Path(e.path) for e in entries if e.is_dir(follow_symlinks=False)]
    return count


def _is_post(entry: os.DirEntry[str]) -> bool:
    return entry.is_file() and _may_be_post(entry.name) and not _is_known(entry.name)


def _may_be_post(name: str) -> bool:
    return name.lower().endswith(_POSTS) and not name.startswith(".")


def _is_known(name: str) -> bool:
    """Say whether a file is by its name one of those that tell about a folder."""
    return name.lower().startswith(_NO_POSTS)


def refuse_site(folder: Path) -> None:
    """Raise CopydeskError where a folder is a site already, or part of one."""
    if os.path.lexists(folder / config_files.NAME) or config_files.in_folder(folder):
        raise _refuse(
            folder,
            "is a site already, so nothing was written",
            "Its settings stand in copydesk.toml there. `copydesk doctor` looks at them.",
        )
    above = config_files.find_root(folder.parent)
    if above is not None and above.data.get("root") is True:
        raise _refuse(
            folder,
            f"belongs to the site of {above.shown}, so nothing was written",
            "Work in that site, or make the new one outside its folder.",
        )


def check_answer(name: str, value: str, folder: Path) -> str:
    """Return what is wrong with one answer, as an end of a sentence, or an empty text."""
    if name == "posts":
        return _check_posts(value, folder)
    if name == "url" and not value:
        return ""
    key = {"title": "site-title", "url": "site-url"}.get(name, name)
    wanted = BY_NAME[key].check(value).replace(" in quotes", "")  # nobody quotes an answer
    return f"should be {wanted}" if wanted else ""


def _check_posts(value: str, folder: Path) -> str:
    path = folder / value
    if not value or not path.resolve().is_relative_to(folder.resolve()):
        return "should be a folder inside the site, such as posts"
    if path.exists() and not path.is_dir():
        return "is the name of a file there; it should be a folder"
    if key_of(path, folder).partition("/")[0] in ("site", "site-preview", ".copydesk", ".git"):
        return "is a folder that programs write into; choose another"
    return ""


def whole_address(url: str) -> str:
    """Return an address with https:// where somebody left that out."""
    url = url.strip()
    return url if not url or "://" in url else f"https://{url}"


def write_site(folder: Path, answers: Answers) -> Made:
    """Write a new site; raises CopydeskError, and overwrites nothing that is there.

    The settings are written last: before that, the folder is no site and can be tried again.
    """
    refuse_site(folder)
    template = folder / TEMPLATE_PATH
    posts = folder / answers.posts
    config = _config(answers, folder)
    wanted: dict[Path, str] = {template: TEMPLATE, folder / config_files.NAME: config}
    for path in (*wanted, posts):
        if not path.resolve().is_relative_to(folder.resolve()):
            raise _refuse(
                path,
                "leads out of the folder, so nothing was written",
                "Take that link away, or choose another folder.",
            )
    written, notes = [], []
    try:
        if not posts.is_dir():
            posts.mkdir(parents=True)
            written.append(answers.posts.rstrip("/") + "/")
        if os.path.lexists(template):
            notes.append(f"{TEMPLATE_PATH} was there already and was left as it is.")
            del wanted[template]
        for path, text in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            written.append(key_of(path, folder))
    except OSError as error:
        raise _refuse(
            folder,
            f"could not be made a site: {why(error)}",
            "Check who may write there, then try again.",
        ) from None
    return Made(tuple(written), (*notes, *_about_git(folder)))


def _config(answers: Answers, folder: Path) -> str:
    posts = folder / answers.posts
    names = sorted(each.name for each in posts.iterdir()) if posts.is_dir() else []
    known = [quoted(name) for name in names if _may_be_post(name) and _is_known(name)]
    values: Mapping[str, str] = {
        "title": quoted(answers.title),
        "url": f"site-url = {quoted(answers.url)}"
        if answers.url
        else '# site-url = "https://blog.example.org/"',
        "timezone": quoted(answers.timezone),
        "posts": quoted(answers.posts),
        "exclude": ", ".join(known),
        "template": quoted(TEMPLATE_PATH),
    }
    return _CONFIG.format(**values)


def _about_git(folder: Path) -> tuple[str, ...]:
    """Return a word of warning where drafts could come into a repository unseen."""
    if any((each / ".git").exists() for each in (folder, *folder.parents)):
        return ("Previews show drafts: add the line site-preview/ to your .gitignore.",)
    return ()


def _refuse(path: Path, message: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("arguments", message, help, shown_path(path)))
