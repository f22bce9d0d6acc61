"""`copydesk import --from` and `--from-wxr`: the posts of a blog that is online."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from copydesk.cli.common import fail, progress
from copydesk.cli.import_run import ImportRun, say
from copydesk.config import all_failures
from copydesk.imports.adopting import Adopting
from copydesk.imports.export_steps import ImportingPosts, Step
from copydesk.imports.fetching import Fetching
from copydesk.imports.plan import carry_out_new
from copydesk.model.export import Export, Exported
from copydesk.model.finding import CopydeskError, Failure
from copydesk.runner import Options
from copydesk.sources import shown_path

_WXR = "wxr"
#: New drafts that are written in one go: the records of all are written once for them.
_TOGETHER = 25


def from_archive(run: ImportRun, path: Path, pictures: bool) -> int:
    """Take over the posts of a file that holds a whole blog."""
    archive = run.site.registry.archives.get(_WXR)
    if archive is None:
        raise CopydeskError(
            Failure("plugin", "no plugin reads exports of WordPress", "Install Copydesk again.")
        )
    return _Taking(run, archive.read(path), path.name, pictures, None).all(shown_path(path))


def from_target(run: ImportRun, name: str, pictures: bool, options: Options) -> int:
    """Take over the posts of a target; it knows them as its own from then on."""
    adopting = Adopting(run.site, name)
    code = _Taking(run, adopting.export(), adopting.name, pictures, adopting).all(adopting.name)
    if run.dry:
        return code
    with progress("Checking") as tick:
        done = adopting.finish(options, tick)
    if done:
        word = "post stands" if done == 1 else "posts stand"
        say(
            f"{done} {word} for what {adopting.name} holds: `copydesk plan --to {adopting.name}` "
            "shows what publishing would change."
        )
    return code


class _Taking:
    """One blog on its way into the site."""

    def __init__(
        self, run: ImportRun, export: Export, label: str, pictures: bool, adopting: Adopting | None
    ) -> None:
        self._run, self._export, self._adopting = run, export, adopting
        self._fetching = Fetching(export.hosts, pictures and not run.dry, run.site)
        home = home_of(export.home)
        self._posts = ImportingPosts(run.importing, home, label, self._fetching)
        self._waiting: list[Step] = []
        self._said: list[str] = []

    def all(self, shown: str) -> int:
        """Take every post; one that fails does not stop the others."""
        with closing(self._fetching):
            try:
                self._every()
            except CopydeskError as error:  # no other post can be asked for
                self._run.failed(all_failures(error))
            self._write_waiting()
        for line in self._said:
            say(line)
        code = self._run.end()
        if not self._run.counts.total():
            return fail([_nothing(shown)])
        return code

    def _every(self) -> None:
        total = self._export.total
        with progress("Importing", numbers=True) as tick:
            for number, each in enumerate(self._export.posts, 1):
                self._one(each)
                if tick is not None and total:
                    tick(min(number, total), total)

    def _one(self, each: Exported | Failure | str) -> None:
        if isinstance(each, str):
            self._said.append(each)
            return
        try:
            if isinstance(each, Failure):
                raise CopydeskError(each)
            self._take(self._posts.plan(each))
        except CopydeskError as error:
            self._write_waiting()
            self._run.failed(all_failures(error))

    def _take(self, step: Step) -> None:
        if step.plan.kind == "imported" and not self._run.dry:
            self._run.importing.remember(step.plan)
            self._waiting.append(step)
            if len(self._waiting) >= _TOGETHER:
                self._write_waiting()
            return
        self._write_waiting()
        if self._run.take(step.plan):
            self._note(step)

    def _write_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        errors = carry_out_new([each.plan for each in waiting], self._run.site)
        for step, error in zip(waiting, errors, strict=True):
            if error is not None:
                self._run.failed(all_failures(error))
            else:
                self._run.written(step.plan)
                self._note(step)

    def _note(self, step: Step) -> None:
        if self._adopting is not None:
            self._adopting.note(step)


def home_of(address: str) -> str:
    """Return what tells one blog from another: its address without scheme and last slash."""
    parts = urlsplit(address)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}" or address


def _nothing(shown: str) -> Failure:
    return Failure(
        "arguments", "holds no post, so there was nothing to import", "Look there.", shown
    )
