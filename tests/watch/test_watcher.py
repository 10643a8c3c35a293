"""What comes is taken in when it is complete, and nothing twice."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from fetch.conftest import Clock
from kg.errors import LockedError, ServiceError, SettingError
from kg.fetch import Client, Fetcher, Memory
from kg.fetch.pace import Pace
from kg.pipeline import BATCH_DOCUMENTS
from kg.settings import Settings
from kg.types import Document, Outcome, Refusal
from kg.watch.folders import Folders
from kg.watch.patience import Patience
from kg.watch.watcher import Told, Watcher
from publishing import Publisher, item, page, publishing, rss
from stories import tell


@dataclass
class Shelf:
    """A place that keeps what holds no "bad", and may be taken."""

    name: str = "shelf"
    lineage: str = "a"
    taken: list[Exception] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    stop_after: int = 10_000

    def open(self) -> None:
        return

    def store(self, documents: Sequence[Document | Refusal]) -> Iterator[Outcome]:
        if self.taken:
            raise self.taken.pop(0)
        self.batches.append(len(documents))
        for document in documents:
            if isinstance(document, Refusal):
                yield Outcome(document.name, refusal=document)
            elif b"bad" in document.content:
                yield Outcome(document.name, refusal=Refusal(document.name, "read", "it is bad"))
            else:
                if len(self.stored) == self.stop_after:
                    raise KeyboardInterrupt
                self.stored.append(document.name)
                yield Outcome(document.name, "iri")

    def describe(self) -> str:
        return f"; {len(self.stored)} on the shelf"


@dataclass
class World:
    """A watcher with all that it needs, and what it says."""

    watcher: Watcher
    shelf: Shelf
    said: list[str]
    refused: list[str]
    clock: Clock
    publisher: Publisher

    def take(self) -> list[str]:
        """What one pass stores."""
        before = len(self.shelf.stored)
        self.watcher.run_once()
        return [os.path.basename(name) for name in self.shelf.stored[before:]]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    clock, shelf = Clock(), Shelf()
    said: list[str] = []
    refused: list[str] = []
    with publishing() as publisher, Memory.open(tmp_path / "fetched.sqlite", "a") as memory:
        fetcher = Fetcher(Client.open(Settings(), Pace(0, clock, clock.sleep)), memory, now=clock)
        told = Told(said.append, lambda refusal: refused.append(refusal.name))
        patience = Patience(said.append, None, clock, clock.sleep)
        feeds = [publisher.url("/feed")]
        watcher = Watcher(
            shelf, Folders(["in"]), feeds, fetcher, memory, told, patience, 900, 10_000, clock, clock.sleep
        )
        watcher._arrivals.clock = clock
        # All was written long ago, unless a test says otherwise.
        watcher._arrivals.wall = lambda: 1e12
        publisher["/feed"] = rss()
        yield World(watcher, shelf, said, refused, clock, publisher)


def write(name: str, text: str = tell(1)) -> None:
    Path("in", name).write_text(text, "utf-8")


def test_what_is_there_is_taken_in_once(world: World) -> None:
    write("a.txt")
    write("b.jsonl", "\n".join(json.dumps({"text": tell(number)}) for number in range(3)))
    assert world.take() == ["a.txt", "b.jsonl:1", "b.jsonl:2", "b.jsonl:3"]
    assert world.said == ["4 stored, 0 refused; 4 on the shelf."]
    assert world.take() == []
    write("b.jsonl", json.dumps({"text": "changed"}))
    write("c.txt")
    assert world.take() == ["b.jsonl:1", "c.txt"]
    assert str(world.watcher.tally) == "6 stored, 0 refused"


def test_a_refused_file_is_tried_again_when_it_changes(world: World) -> None:
    write("a.jsonl", '{"text": "good"}\n{"text": "bad"}')
    write("empty.jsonl", "")
    assert world.take() == ["a.jsonl:1"]
    assert world.refused == ["in/a.jsonl:2", "in/empty.jsonl"]
    assert (world.take(), len(world.refused)) == ([], 2)
    write("a.jsonl", '{"text": "good"}\n{"text": "better"}')
    assert world.take() == ["a.jsonl:1", "a.jsonl:2"]
    # Who starts anew has forgotten that it was refused.
    again = replace(world.watcher, _refused={})
    again.run_once()
    assert len(world.refused) == 3


def test_a_file_that_is_being_written_is_waited_for(world: World) -> None:
    write("a.txt", "half")
    world.watcher._arrivals.wall = lambda: 0.0
    sleep = world.clock.sleep

    def go_on(seconds: float) -> None:
        sleep(seconds)
        if world.clock.now < 1006:
            with open("in/a.txt", "a") as file:
                file.write(" a file")

    world.watcher.sleep = go_on
    assert world.take() == ["a.txt"]
    assert 1007.5 <= world.clock.now <= 1010
    assert world.shelf.batches == [1]


def test_a_file_that_is_written_for_ever_is_left_for_later(world: World) -> None:
    write("a.txt", "half")
    world.watcher._arrivals.wall = lambda: 0.0
    sleep = world.clock.sleep

    def go_on(seconds: float) -> None:
        sleep(seconds)
        with open("in/a.txt", "a") as file:
            file.write(" a file")

    world.watcher.sleep = go_on
    assert world.take() == []
    assert world.clock.now >= 1060


def test_feeds_are_visited(world: World) -> None:
    world.publisher["/feed"] = rss(item("/1"), item("/2"), item("/bad"))
    world.publisher["/1"], world.publisher["/bad"] = page(1), b"<html><body>bad"
    assert world.take() == ["1"]
    assert world.refused == [world.publisher.url("/2"), world.publisher.url("/bad")]
    assert world.said == ["1 stored, 2 refused; 1 on the shelf."]
    world.publisher["/2"] = page(2)
    assert world.take() == []
    world.clock.now += 3601
    assert world.take() == ["2"]


def test_batches_are_small(world: World) -> None:
    write("a.jsonl", "\n".join('{"text": "good"}' for _ in range(2 * BATCH_DOCUMENTS + 1)))
    assert len(world.take()) == 2 * BATCH_DOCUMENTS + 1
    assert world.shelf.batches == [BATCH_DOCUMENTS, BATCH_DOCUMENTS, 1]


@pytest.mark.parametrize("error", [LockedError("it is taken"), ServiceError("it is away")])
def test_a_place_that_is_taken_is_waited_for(world: World, error: Exception) -> None:
    write("a.txt")
    world.shelf.taken = [error] * 3
    assert world.take() == ["a.txt"]
    assert world.clock.slept == [5, 5, 5]
    assert world.said == [f"Waiting: {error}", "Going on.", "1 stored, 0 refused; 1 on the shelf."]


def test_who_runs_once_does_not_wait_for_ever(world: World) -> None:
    write("a.txt")
    world.shelf.taken = [LockedError("it is taken")] * 100
    world.watcher.patience.limit = 60
    with pytest.raises(LockedError):
        world.take()
    assert sum(world.clock.slept) == 60
    world.shelf.taken = []
    assert world.take() == ["a.txt"]


def test_what_can_never_go_well_ends_it(world: World) -> None:
    write("a.txt")
    world.shelf.taken = [SettingError("the token is wrong")]
    with pytest.raises(SettingError):
        world.take()


def test_what_is_stopped_in_between_goes_on_later(world: World) -> None:
    write("a.jsonl", "\n".join('{"text": "good"}' for _ in range(4)))
    world.publisher["/feed"] = feed = rss(item("/1"), item("/2"), item("/3"))
    feed.etag = '"1"'
    for number in (1, 2, 3):
        world.publisher[f"/{number}"] = page(number)
    world.shelf.stop_after = 6
    with pytest.raises(KeyboardInterrupt):
        world.take()
    world.shelf.stop_after = 100
    assert world.take() == ["3"]
    assert len(world.shelf.stored) == 7


def test_a_journal_that_was_restored_gets_all_again(world: World) -> None:
    write("a.txt")
    assert world.take() == ["a.txt"]
    world.shelf.lineage = "b"
    write("b.txt")
    assert world.take() == ["b.txt"]
    assert world.take() == ["a.txt"]


def test_it_goes_on_until_it_is_stopped(world: World) -> None:
    world.watcher.every = 3
    write("a.txt")
    passes: list[float] = []
    sleep = world.clock.sleep

    class Told:
        """Changes that are told of, or are only to be found."""

        def __init__(self, _: Sequence[str]) -> None:
            return

        def __enter__(self) -> Told:
            return self

        def __exit__(self, *_: object) -> None:
            return

        def wait(self, seconds: float) -> set[str]:
            passes.append(round(seconds, 2))
            if len(passes) == 1:
                write("b.txt")
                return {os.path.abspath("in/b.txt")}
            if len(passes) == 2:
                world.publisher["/feed"] = rss(item("/1"))
                world.publisher["/1"] = page(1)
                write("untold.txt")
            if len(passes) == 4:
                raise KeyboardInterrupt
            sleep(seconds)
            return set()

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kg.watch.watcher.Changes", Told)
        world.watcher.run()
    assert [os.path.basename(name) for name in world.shelf.stored] == ["a.txt", "b.txt", "untold.txt", "1"]
    assert passes[:3] == [3, 3, 3]
    assert world.publisher.paths() == ["/feed", "/feed", "/1", "/feed"]


def test_a_feed_that_wants_a_longer_pause_gets_it(world: World) -> None:
    world.publisher["/feed"] = rss(head="<ttl>60</ttl>")
    world.watcher.folders = Folders([])
    waits: list[float] = []

    def wait(self: object, seconds: float) -> set[str]:
        waits.append(seconds)
        world.clock.now += seconds
        if len(waits) == 9:
            raise KeyboardInterrupt
        return set()

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kg.watch.changes.Changes.wait", wait)
        world.watcher.run()
    # Every quarter of an hour there is a look at the folders; only every fourth time the feed is asked.
    assert waits == [900] * 9
    assert len(world.publisher.paths()) == 3
