"""What is watched meanwhile: the memory of every process of the service, and a port that nobody may speak to."""

from __future__ import annotations

import socket
import threading
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_EVERY = 0.25


class Memory:
    """Peaks of resident memory, in MB, by what a process is: the service, a reader of queries, a parser of graphs."""

    def __init__(self, pid: int) -> None:
        self.peaks: dict[str, float] = defaultdict(float)
        self.total = 0.0
        self._pid = pid
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY):
            self._look()

    def _look(self) -> None:
        now = [("service", self._pid)]
        for pid in _children(self._pid):
            with suppress(OSError):
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
                now.append(("reader" if b"reader_process" in command else "parser", pid))
        sizes = [(what, resident(pid)) for what, pid in now]
        for what, size in sizes:
            self.peaks[what] = max(self.peaks[what], size)
        self.total = max(self.total, sum(size for _, size in sizes))


def resident(pid: int) -> float:
    """Resident memory of a process, in MB; 0 where it is gone."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
    return 0.0


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text("ascii").split())
    return found


class Trap:
    """A listener; whoever connects is counted, with what it says first."""

    def __init__(self) -> None:
        self.caught: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def close(self) -> None:
        self._socket.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connected, _ = self._socket.accept()
                with connected:
                    connected.settimeout(1)
                    with suppress(OSError):
                        self.caught.append(connected.recv(200))
