from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.errors import SettingError
from kg.watch.changes import Changes
from serving import wait_until


def test_changes_are_told(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    with Changes([str(folder) for folder in folders]) as changes:
        found: set[str] = set()
        for number in range(100):
            # Until the system tells, which it begins to do a moment after it was asked.
            (folders[0] / f"{number}.txt").write_text("news")
            found |= changes.wait(0.2)
            if found:
                break
        assert found
        (folders[1] / "part").write_text("news")
        (folders[1] / "part").rename(folders[1] / "b.txt")
        wanted = str(folders[1] / "b.txt")
        wait_until(lambda: found.update(changes.wait(0.1)) or wanted in found)


def test_without_folders_time_just_passes() -> None:
    with Changes([]) as changes:
        started = time.monotonic()
        assert changes.wait(0.05) == set()
        assert changes.wait(-1) == set()
        assert time.monotonic() - started > 0.04


def test_folders_that_cannot_be_watched_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("kg.watch.changes.watch", fail)
    with (
        Changes(["in"]) as changes,
        pytest.raises(SettingError, match=r"cannot watch in \(OS file watch limit reached\)"),
    ):
        changes.wait(20)
