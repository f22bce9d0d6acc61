"""Serial, processes and a cluster give equal results; a worker that dies is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from core_kit import POST, file_ref, plugin_file, request, setup

from copydesk import cluster, jobs
from copydesk.cluster import Cluster
from copydesk.jobs import Jobs, Processes, Serial, batches_of
from copydesk.model.finding import CopydeskError
from copydesk.workbench import Setup, Workbench
from copydesk.workers import choose

RULES = """
import os

@rule("mine.long", **TEXTS)
def long(context):
    if "die" in context.post.source.text:
        os._exit(5)
    yield Measure("units", len(context.post.units))
    for unit in context.post.units:
        yield context.report(unit, "Seen.")
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Setup:
    folder = tmp_path_factory.mktemp("plugin")
    return setup(folder, file_ref(plugin_file(folder, "mine.py", RULES)))


def requests(*texts: str) -> list[dict[str, Any]]:
    many = texts or tuple(POST + f"Post {n} costs {n} pounds. é🙂 More.\n" for n in range(30))
    return [request(text, f"{n:02}.md", "mine.long") for n, text in enumerate(many)]


def answers(work: Jobs, asked: list[dict[str, Any]]) -> dict[str, Any]:
    try:
        return dict(work.run(asked))
    finally:
        work.close()


@pytest.fixture(scope="module")
def wanted(made: Setup) -> dict[str, Any]:
    found = answers(Serial(Workbench(made)), requests())
    assert len(found["00.md"]["findings"]) == 3
    return found


def test_processes_give_equal_results(made: Setup, wanted: dict[str, Any]) -> None:
    assert repr(sorted(answers(Processes(made, 2), requests()).items())) == repr(
        sorted(wanted.items())
    )
    assert answers(Processes(made, 2), []) == {}


def test_a_worker_that_dies_is_named_for_each_post_it_had(made: Setup) -> None:
    texts = ["Fine.\n"] * 8 + ["We die.\n"] + ["Fine too.\n"] * 2
    found = answers(Processes(made, 2), requests(*texts))
    assert len(found) == 11
    assert found["00.md"]["findings"]
    for key in ("08.md", "09.md", "10.md"):
        [failure] = found[key]["failures"]
        assert "a worker process ended" in failure["message"]
        assert failure["path"] == key
        assert "--jobs 1" in failure["help"]


def test_a_worker_needs_a_workbench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_bench", None)
    with pytest.raises(RuntimeError, match="no workbench"):
        jobs.examine_batch([])


def test_a_workbench_is_kept_until_another_is_wanted(
    made: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_bench", None)
    first = jobs.bench_for(made)
    assert jobs.bench_for(made) is first
    assert jobs.bench_for(setup(made.root)) is not first
    jobs.start(made)
    assert jobs.examine_batch(requests("Words.\n"))[0]["findings"]


def test_batches_keep_the_order() -> None:
    found = list(batches_of({"key": n} for n in range(19)))
    assert [len(batch) for batch in found] == [8, 8, 3]
    assert [each["key"] for batch in found for each in batch] == list(range(19))


@pytest.mark.parametrize(
    ("asked", "posts", "kind"),
    [
        ("auto", 99, Serial),
        ("1", 5_000, Serial),
        ("2", 1, Processes),
    ],
)
def test_which_way_of_working(made: Setup, asked: str, posts: int, kind: type) -> None:
    work = choose(asked, made, Workbench(made), posts)
    try:
        assert isinstance(work, kind)
    finally:
        work.close()


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    local = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        host="127.0.0.1",
        protocol="tcp",
        silence_logs=50,
    )
    yield local.scheduler_address
    local.close()


def test_a_cluster_gives_equal_results(
    made: Setup, wanted: dict[str, Any], scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_WINDOW", 2)
    assert answers(Cluster(made, scheduler), requests()) == wanted
    work = choose(scheduler, made, Workbench(made), 1)
    assert answers(work, []) == {}


def test_two_runs_on_one_worker_do_not_mix_their_setups(made: Setup, scheduler: str) -> None:
    other = setup(made.root)
    [first] = cluster.examine_on_cluster(made, requests("Words.\n"))
    [second] = cluster.examine_on_cluster(other, [request("Words.\n")])
    assert (len(first["findings"]), len(second["findings"])) == (1, 0)


def test_a_cluster_that_does_not_answer(made: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_PATIENCE", 0.3)
    with pytest.raises(CopydeskError, match=r"tcp://127\.0\.0\.1:9 cannot be used"):
        Cluster(made, "tcp://127.0.0.1:9")
    with pytest.raises(CopydeskError, match="cannot be used"):
        Cluster(made, "nonsense://x")


def test_without_distributed_the_way_to_install_it_is_told(
    made: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CopydeskError, match="distributed is not installed") as caught:
        Cluster(made, "tcp://127.0.0.1:9")
    assert "pip install" in caught.value.failure.help
