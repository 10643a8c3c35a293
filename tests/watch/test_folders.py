from __future__ import annotations

import os
from pathlib import Path

import pytest

from fetch.conftest import Clock
from kg.watch.folders import Arrivals, Folders, sign


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `in` with files of all kinds, a hidden folder, and a data directory."""
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a.html", ".hidden.txt", "a.txt~", "note.docx", "sub/c.JSONL", ".git/d.txt", "data/e.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("news")
    (tmp_path / "in" / "data" / "journal.sqlite").write_bytes(b"")
    (tmp_path / "outside.txt").write_text("news")
    return tmp_path


def test_a_folder_is_walked_as_by_ingest(tree: Path) -> None:
    assert list(Folders(["in"]).scan()) == ["in/a.html", "in/b.txt", "in/sub/c.JSONL"]
    assert next(Folders([str(tree / "in")]).scan()) == str(tree / "in" / "a.html")


@pytest.mark.parametrize(
    "changed, files",
    [
        ("in/b.txt", ["in/b.txt"]),
        ("in/new.txt", ["in/new.txt"]),
        ("in/new.warc.gz", ["in/new.warc.gz"]),
        ("in/README.md", []),
        ("in/sub", ["in/sub/c.JSONL"]),
        ("in", ["in/a.html", "in/b.txt", "in/sub/c.JSONL"]),
        ("in/.hidden.txt", []),
        ("in/.git/d.txt", []),
        ("in/.git", []),
        ("in/data/e.txt", []),
        ("in/data", []),
        ("in/a.txt~", []),
        ("in/note.docx", []),
        ("outside.txt", []),
        ("in/../outside.txt", []),
    ],
)
def test_a_change_concerns_files(tree: Path, changed: str, files: list[str]) -> None:
    assert list(Folders(["in"]).expand(str(tree / changed))) == files
    assert list(Folders(["."]).expand(str(tree / changed))) == ["./" + name for name in files] + (
        ["./outside.txt"] if "outside" in changed else []
    )


def make_arrivals(clock: Clock, path: Path) -> Arrivals:
    """Arrivals for whom `path` was written to just now."""
    return Arrivals(clock, lambda: os.stat(path).st_mtime if path.exists() else 0)


def test_a_file_is_ready_when_it_stops_changing(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.txt"
    arrivals = make_arrivals(clock, path)
    path.write_text("half")
    arrivals.add(str(path))
    assert arrivals.take_ready() == []
    clock.now += 1.9
    path.write_text("half a file")
    arrivals.add(str(path))
    clock.now += 1.9
    assert arrivals.take_ready() == []
    clock.now += 1.9
    assert (arrivals.take_ready(), len(arrivals)) == ([], 1)
    clock.now += 0.2
    assert (arrivals.take_ready(), len(arrivals)) == ([(str(path), sign(str(path)))], 0)


def test_what_was_written_long_ago_is_ready_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("news")
    arrivals = Arrivals(Clock(), lambda: os.stat(path).st_mtime + 2)
    arrivals.add(str(path))
    assert len(arrivals.take_ready()) == 1


def test_a_file_from_the_future_is_ready_when_it_stops_changing(tmp_path: Path) -> None:
    clock, path = Clock(), tmp_path / "a.txt"
    path.write_text("news")
    arrivals = Arrivals(clock, lambda: 0.0)
    arrivals.add(str(path))
    arrivals.take_ready()
    clock.now += 2
    assert len(arrivals.take_ready()) == 1


def test_what_is_gone_is_waited_for_no_more(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    arrivals = make_arrivals(Clock(), path)
    path.write_text("news")
    arrivals.add(str(path))
    path.unlink()
    assert (arrivals.take_ready(), len(arrivals)) == ([], 0)
    (tmp_path / "b.txt").mkdir()
    assert sign(str(tmp_path / "b.txt")) is None
