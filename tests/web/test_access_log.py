from __future__ import annotations

import datetime as dt
import json
import os
import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from docs.pages import codes, read, rows, section
from kg.errors import SettingError
from kg.web.access_log import AccessLog, LogFile, to_line
from kg.web.accounting import Account, Ending, Served

TIME = dt.datetime(2026, 3, 1, 12, 0, 0, 5000, dt.UTC)
QUERY = Account(route="/sparql", query="0123456789abcdef", rows=3, cached=False, generation=7)


def served(path: str = "/state/ALB", account: Account | None = None, **changes: Any) -> Served:
    members = {"status": 200, "seconds": 0.01234567, "sent": 42, "ending": Ending.OK, "method": "GET"} | changes
    return Served(time=TIME, client="192.0.2.7", path=path, account=account or Account(), **members)


def test_a_request() -> None:
    assert to_line(served()) == (
        b'{"time":"2026-03-01T12:00:00.005Z","client":"192.0.2.7","method":"GET","path":"/state/ALB",'
        b'"status":200,"seconds":0.0123,"bytes":42}\n'
    )


@pytest.mark.parametrize(
    ("one", "members"),
    [
        (
            served(account=QUERY),
            {"query": "0123456789abcdef", "rows": 3, "cached": False, "generation": 7, "outcome": "ok"},
        ),
        (
            served(account=Account(query="0" * 16), status=504, ending=Ending.TIMEOUT),
            {"query": "0" * 16, "outcome": "timeout"},
        ),
        (served(status=499, ending=Ending.DISCONNECTED), {"outcome": "disconnected"}),
        (served(status=404, ending=Ending.REFUSED), {}),
    ],
)
def test_what_is_told_of_queries_and_of_what_went_wrong(one: Served, members: dict[str, object]) -> None:
    usual = {"time", "client", "method", "path", "status", "seconds", "bytes"}
    found = json.loads(to_line(one))
    assert {name: value for name, value in found.items() if name not in usual} == members


@pytest.mark.parametrize("path", ["/a\nb", "/\x1b[31m", "/é\u2028", "/\udcff", '/"}', "/" + "x" * 10_000, "/\x00\x7f"])
def test_no_path_breaks_a_line(path: str) -> None:
    line = to_line(served(path))
    assert re.fullmatch(rb"[ -\x7e]+\n", line.replace(b"\x7f", b"?"))
    assert json.loads(line)["path"] == path[:500]
    assert len(line) < 4000


def test_every_member_is_documented_and_nothing_else() -> None:
    documented = [name for row in rows(section(read("docs/operating.md"), "The access log")) for name in codes(row[0])]
    assert documented == list(json.loads(to_line(served(account=QUERY))))


def lines(path: Path, number: int) -> list[str]:
    """The paths in a log, when there are `number` of them."""
    for _ in range(200):
        found = path.read_text().splitlines() if path.exists() else []
        if len(found) >= number:
            break
        time.sleep(0.01)
    return [json.loads(line)["path"] for line in found]


def test_lines_are_added_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    for number in range(2):
        with AccessLog.open(str(path)) as log:
            for part in range(100):
                log(served(f"/{number}/{part}"))
    assert lines(path, 200) == [f"/{number}/{part}" for number in range(2) for part in range(100)]
    assert path.stat().st_mode & 0o007 == 0
    assert log.dropped == 0


@pytest.mark.parametrize("take_away", [lambda path: path.rename(path.with_suffix(".1")), Path.unlink])
def test_a_log_that_is_rotated_away_is_made_anew(tmp_path: Path, take_away: Any) -> None:
    path = tmp_path / "access.log"
    with AccessLog.open(str(path)) as log:
        log(served("/before"))
        assert lines(path, 1) == ["/before"]
        take_away(path)
        log.reopen()
        log(served("/after"))
        assert lines(path, 1) == ["/after"]


def test_a_log_that_is_emptied_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    with AccessLog.open(str(path)) as log:
        log(served("/before"))
        assert lines(path, 1) == ["/before"]
        os.truncate(path, 0)
        log(served("/after"))
        assert lines(path, 1) == ["/after"]


def test_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with AccessLog.open("-") as log:
        log(served("/here"))
    assert json.loads(capfd.readouterr().err)["path"] == "/here"


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="set KG_ACCESS_LOG to another file"):
        AccessLog.open(str(tmp_path / "none" / "access.log"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_costs_lines_and_nothing_else() -> None:
    with AccessLog.open("/dev/full") as log:
        for _ in range(100):
            log(served())
    assert log.dropped == 100


def test_a_line_of_which_the_disk_took_half_gets_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = LogFile(tmp_path / "access.log")
    write = os.write

    def take_three(descriptor: int, content: bytes) -> int:
        monkeypatch.setattr(os, "write", refuse)
        return write(descriptor, content[:3])

    def refuse(descriptor: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", take_three)
    file.write([b"torn away\n"])
    monkeypatch.setattr(os, "write", write)
    file.write([b"whole\n"])
    assert (tmp_path / "access.log").read_bytes() == b"tor\nwhole\n"
    assert file.dropped == 1


def test_a_file_that_takes_nothing_holds_up_nobody() -> None:
    class Stuck:
        dropped = 0
        free = threading.Event()

        def write(self, lines: list[bytes]) -> None:
            self.free.wait(10)

    stuck = Stuck()
    log = AccessLog(stuck)  # type: ignore[arg-type]
    started = time.monotonic()
    for _ in range(12_000):
        log(served())
    assert time.monotonic() - started < 2
    assert 1000 <= log.dropped <= 2000
    stuck.free.set()
    log.close()
