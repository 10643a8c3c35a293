from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import IndexStoreError, JournalError, SettingError
from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex
from kg.keeper import Keeper, Kept, Standing, fixed_graphs
from kg.settings import Settings
from kg.types import Entry, Format, Refusal

BASE = "http://localhost:8000/"


def entry(number: int, words: str = "words") -> Entry:
    iri = f"{BASE}article/{number}"
    graph = f'<{iri}> <http://x/says> "{words}" .\n'
    return Entry(iri, f"{number}.txt", words.encode(), Format.TEXT, graph.encode(), "kg 0", "rules 0")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def keeper(settings: Settings) -> Iterator[Keeper]:
    with Keeper.open(settings) as keeper:
        yield keeper


def sayings(settings: Settings) -> set[str]:
    """What queries find of the articles."""
    generation = Checkpoints(settings.data / "index").hold()
    try:
        store = ox.Store.read_only(str(generation.path))
        says = ox.NamedNode("http://x/says")
        return {quad.object.value for quad in store.quads_for_pattern(None, says, None, ox.DefaultGraph())}
    finally:
        generation.release()


@pytest.mark.parametrize(
    "batches, kept",
    [
        ([], Kept()),
        ([[entry(1), entry(2)]], Kept(new=2, total=2)),
        ([[entry(1)], [entry(1)]], Kept(new=1, unchanged=1, total=1)),
        ([[entry(1)], [entry(1, "other words")]], Kept(new=1, replaced=1, total=1)),
        ([[entry(1), entry(1, "other words")]], Kept(new=1, replaced=1, total=1)),
        ([[entry(1), entry(2)], [entry(1), entry(2, "x"), entry(3)]], Kept(3, 1, 1, 3)),
    ],
)
def test_what_became_of_entries_is_counted(keeper: Keeper, batches: list[list[Entry]], kept: Kept) -> None:
    for batch in batches:
        keeper.keep(batch, [])
    assert keeper.kept == kept
    assert keeper.kept.stored == sum(map(len, batches))


def test_what_was_there_before_counts_to_the_total_only(settings: Settings, keeper: Keeper) -> None:
    keeper.keep([entry(1), entry(2)], [])
    keeper.__exit__()
    with Keeper.open(settings) as again:
        assert again.kept == Kept(total=2)
        again.keep([entry(1)], [])
        assert again.kept == Kept(unchanged=1, total=2)


def test_what_is_kept_can_be_found_at_once(settings: Settings, keeper: Keeper) -> None:
    assert sayings(settings) == set()
    keeper.keep([entry(1, "one"), entry(2, "two")], [Refusal("3.txt", "read", "the file is empty")])
    assert sayings(settings) == {"one", "two"}
    keeper.keep([entry(2, "three")], [])
    assert sayings(settings) == {"one", "three"}


def test_what_is_kept_stays_where_the_index_fails(
    settings: Settings, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(LocalIndex, "apply", refuse)
        with pytest.raises(IndexStoreError):
            keeper.keep([entry(1, "one")], [Refusal("2.txt", "read", "the file is empty")])
    assert keeper.kept == Kept(new=1, total=1)
    assert sayings(settings) == set()
    keeper.__exit__()
    with Keeper.open(settings):
        assert sayings(settings) == {"one"}


def refuse(*_: object) -> None:
    raise IndexStoreError("the disk is full")


def test_a_directory_that_must_exist_is_not_made(settings: Settings) -> None:
    with pytest.raises(SettingError, match="holds no articles: run kg ingest"):
        Keeper.open(settings, create=False)
    assert not settings.data.exists()


def test_the_fixed_graphs_are_the_same_each_time() -> None:
    assert fixed_graphs(BASE) == fixed_graphs(BASE)
    names = [graph.iri.removeprefix(BASE) for graph in fixed_graphs(BASE)]
    assert names == ["graph/reference", "graph/vocabulary", "graph/examples"]


def test_it_says_how_far_it_is(settings: Settings, keeper: Keeper) -> None:
    before = keeper.standing
    assert (before.sequence, before.published, before.at_work) == (0, 0, False)
    keeper.keep([entry(1), entry(2)], [])
    assert keeper.standing == Standing(2, 2, before.generation + 1, False)
    keeper.__exit__()
    with Keeper.open(settings) as again:
        assert again.standing == Standing(2, 2, before.generation + 1, False)


def test_it_tends_to_an_index_that_fell_behind(
    settings: Settings, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not keeper.tend()
    with monkeypatch.context() as broken:
        broken.setattr(LocalIndex, "apply", refuse)
        with pytest.raises(IndexStoreError):
            keeper.keep([entry(1, "one")], [])
        with pytest.raises(IndexStoreError):
            keeper.tend()
    assert (keeper.standing.sequence, keeper.standing.published) == (1, 0)
    assert keeper.tend()
    assert keeper.standing.published == 1
    assert sayings(settings) == {"one"}
    assert not keeper.tend()


@pytest.mark.parametrize("lost", ["index", "index/generations", "index/state.json"])
def test_it_tends_to_an_index_that_was_deleted(settings: Settings, keeper: Keeper, lost: str) -> None:
    keeper.keep([entry(1, "one")], [])
    path = settings.data / lost
    for _ in range(100):  # the engine makes and takes away files of its own meanwhile
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        if not path.exists():
            break
    assert not path.exists()
    assert keeper.tend()
    assert sayings(settings) == {"one"}
    keeper.keep([entry(2, "two")], [])
    assert sayings(settings) == {"one", "two"}


def test_it_knows_whether_the_journal_can_be_written(settings: Settings, keeper: Keeper) -> None:
    keeper.check_writable()
    other = sqlite3.connect(settings.data / "journal.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JournalError, match="another program holds it"):
        keeper.check_writable()
    other.execute("ROLLBACK")
    other.close()
    keeper.check_writable()


def test_nothing_is_written_to_a_journal_that_was_taken_away(settings: Settings, keeper: Keeper) -> None:
    keeper.keep([entry(1)], [])
    (settings.data / "journal.sqlite").rename(settings.data / "elsewhere")
    with pytest.raises(JournalError, match="moved or deleted"):
        keeper.keep([entry(2)], [])
    with pytest.raises(JournalError, match="moved or deleted"):
        keeper.check_writable()
    (settings.data / "elsewhere").rename(settings.data / "journal.sqlite")
    keeper.keep([entry(2)], [])
    assert keeper.kept.total == 2
