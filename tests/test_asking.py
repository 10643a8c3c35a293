from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.asking import QueryFormat, answer_query, open_current
from kg.errors import IndexStoreError, JournalError, KgError, LockedError, SettingError
from kg.index.local import LocalIndex
from kg.journal import Journal
from kg.keeper import Keeper
from kg.settings import Settings
from kg.types import Entry, Format

BASE = "http://localhost:8000/"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", readers=1)


@pytest.fixture
def journal(settings: Settings) -> Iterator[Journal]:
    """A journal with one article that is indexed; another process writes to it."""
    with Keeper.open(settings) as keeper:
        keeper.keep([entry(1)], [])
    with Journal.open(settings.data, base_iri=BASE, write=True) as journal:
        yield journal


def entry(number: int) -> Entry:
    iri = f"{BASE}article/{number}"
    graph = f'<{iri}> <http://x/says> "words" .\n'.encode()
    return Entry(iri, f"{number}.txt", b"words", Format.TEXT, graph, "kg 0", "rules 0")


def count(settings: Settings, notes: list[str]) -> int:
    """How many articles a query finds; `notes` takes what a person is told."""
    query = "SELECT (COUNT(*) AS ?n) { ?a <http://x/says> ?w }"
    with open_current(settings, notes.append) as asked, answer_query(asked, query, QueryFormat.CSV) as answer:
        return int(b"".join(answer).split()[1])


def test_an_index_behind_its_journal_is_caught_up(settings: Settings, journal: Journal) -> None:
    journal.append([entry(2)])
    journal.close()
    notes: list[str] = []
    assert (count(settings, notes), notes) == (2, [])


def test_a_current_index_is_asked_without_the_right_to_write(settings: Settings, journal: Journal) -> None:
    notes: list[str] = []
    assert (count(settings, notes), notes) == (1, [])


def test_while_another_process_writes_answers_come_from_what_it_published(settings: Settings, journal: Journal) -> None:
    journal.append([entry(2)])
    notes: list[str] = []
    assert (count(settings, notes), notes) == (1, [])


@pytest.mark.parametrize(
    "owner, method, error",
    [
        (Journal, "open", JournalError("cannot write to the data directory: read-only file system")),
        (LocalIndex, "open", IndexStoreError("cannot write to the index: the disk is full")),
    ],
)
def test_where_nothing_can_be_written_answers_come_from_before_and_say_so(
    settings: Settings, journal: Journal, monkeypatch: pytest.MonkeyPatch, owner: type, method: str, error: KgError
) -> None:
    journal.append([entry(2)])
    journal.close()
    unpatched = getattr(owner, method)

    def fail(*arguments: object, **options: object) -> object:
        if options.get("write", True):
            raise error
        return unpatched(*arguments, **options)

    monkeypatch.setattr(owner, method, fail)
    notes: list[str] = []
    assert count(settings, notes) == 1
    assert notes == [f"{error}; the answer is from before"]


@pytest.mark.parametrize(
    "has_journal, error, message",
    [(False, SettingError, "holds no articles: run kg ingest"), (True, LockedError, "is being written to by process")],
)
def test_where_there_is_nothing_to_ask_the_reason_is_raised(
    settings: Settings, has_journal: bool, error: type[KgError], message: str
) -> None:
    writer = Journal.open(settings.data, base_iri=BASE, write=True) if has_journal else None
    with pytest.raises(error, match=message):
        count(settings, [])
    if writer:
        writer.close()


def test_all_graphs_can_be_asked_for_of_a_plain_dataset_whatever_the_settings_say(tmp_path: Path) -> None:
    plain = Settings(data=tmp_path / "data", readers=1, union_default_graph=False)
    with Keeper.open(plain) as keeper:
        keeper.keep([entry(1)], [])
    with open_current(Settings(data=plain.data)) as asked:
        for union, number in ((False, b"0"), (True, b"1")):
            query = "SELECT (COUNT(*) AS ?n) { ?a <http://x/says> ?w }"
            with asked.query(query, results="text/csv", graphs=None, union=union) as answer:
                assert b"".join(answer).split()[1] == number
