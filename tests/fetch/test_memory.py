from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import SettingError
from kg.fetch import Memory
from kg.fetch.client import Validators
from kg.fetch.item import Feed, Item

FEED = "http://x.invalid/feed"
ONE, TWO = Item("1", title="one"), Item("2", title="two")
VALIDATORS = Validators(FEED, '"1"', "Mon")
DAY = 86_400.0


def keys(memory: Memory, due: float | None = None) -> list[str]:
    return [item.key for item in memory.pending(FEED, due)]


def open_memory(folder: Path, lineage: str = "a") -> Memory:
    return Memory.open(folder / "made" / "fetched.sqlite", lineage)


def test_what_is_new_or_changed_is_pending_until_it_is_stored(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory:
        memory.keep_feed(FEED, VALIDATORS, Feed((ONE, TWO), 60), 0)
        assert (keys(memory), memory.interval(FEED)) == (["1", "2"], 60)
        memory.settle(FEED, ONE, 0, stored=True)
        memory.settle(FEED, TWO, 0, stored=False)
    with open_memory(tmp_path) as memory:
        known = memory.recall(FEED)
        assert known and (known.validators, known.is_feed) == (VALIDATORS, True)
        assert keys(memory) == ["2"]
        memory.keep_feed(FEED, VALIDATORS, Feed((ONE, TWO)), 1)
        assert keys(memory) == ["2"]
        changed = Item("1", title="one, corrected")
        memory.keep_feed(FEED, VALIDATORS, Feed((changed, TWO)), 2)
        assert memory.pending(FEED) == [changed, TWO]
        # What became of an older form of it says nothing of this one.
        memory.settle(FEED, ONE, 3, stored=True)
        assert keys(memory) == ["1", "2"]


def test_what_is_refused_is_due_later_and_later(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory:
        memory.keep_feed(FEED, None, Feed((ONE,)), 0)
        now, waits = 0.0, []
        for _ in range(11):
            memory.settle(FEED, ONE, now, stored=False)
            wait = next((hours for hours in (1, 2, 4, 8, 16, 24) if keys(memory, now + hours * 3600)), None)
            waits.append(wait)
            now += (wait or 0) * 3600
        assert waits == [1, 2, 4, 8, 16, 24, 24, 24, 24, 24, None]
        assert keys(memory) == ["1"]
        memory.keep_feed(FEED, None, Feed((Item("1", title="corrected"),)), now)
        assert keys(memory, now) == ["1"]


def test_what_a_feed_had_long_ago_is_forgotten(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory:
        memory.keep_feed(FEED, None, Feed((ONE, TWO)), 0)
        memory.keep_feed(FEED, None, Feed((ONE,)), 89 * DAY)
        assert keys(memory) == ["1", "2"]
        memory.keep_feed(FEED, None, Feed((ONE,)), 91 * DAY)
        assert keys(memory) == ["1"]


def test_pages_and_files_are_remembered(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory:
        memory.keep_page("http://x.invalid/1", VALIDATORS)
        known = memory.recall("http://x.invalid/1")
        assert known and (known.validators, known.is_feed) == (VALIDATORS, False)
        memory.keep_file("/a", "1")
        memory.keep_file("/b", "1")
        memory.drop_files(lambda path: path == "/a")
        assert [memory.has_file("/a", "1"), memory.has_file("/a", "2"), memory.has_file("/b", "1")] == [
            True,
            False,
            False,
        ]


def test_another_journal_knows_nothing_of_it(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory:
        memory.keep_feed(FEED, VALIDATORS, Feed((ONE,)), 0)
        memory.keep_file("/a", "1")
    with open_memory(tmp_path, "b") as memory:
        assert (memory.recall(FEED), keys(memory), memory.has_file("/a", "1")) == (None, [], False)


def test_two_processes_may_use_it_at_once(tmp_path: Path) -> None:
    with open_memory(tmp_path) as memory, open_memory(tmp_path) as other:
        memory.keep_feed(FEED, None, Feed((ONE,)), 0)
        other.settle(FEED, ONE, 0, stored=True)
        assert keys(memory) == []


def test_what_is_killed_leaves_whole_transactions(tmp_path: Path) -> None:
    code = f"""
import os, signal
from pathlib import Path
from kg.fetch import Memory
from kg.fetch.item import Feed, Item
memory = Memory.open(Path({str(tmp_path)!r}, "made", "fetched.sqlite"), "a")
memory.keep_feed({FEED!r}, None, Feed((Item("1"),)), 0)
with memory._transaction() as connection:
    connection.execute("DELETE FROM item")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with open_memory(tmp_path) as memory:
        assert keys(memory) == ["1"]


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "fetched.sqlite").write_bytes(content)
    with pytest.raises(SettingError, match=r"if it is damaged, delete it; what was fetched is then fetched again"):
        open_memory(tmp_path)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    open_memory(tmp_path).__exit__()
    with sqlite3.connect(tmp_path / "made" / "fetched.sqlite") as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(SettingError, match="it is of another version of kg"):
        open_memory(tmp_path)
