"""Windows -> figures, and these as tables in Markdown."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tables import to_table

OURS = "kg serve"


@dataclass(frozen=True, slots=True)
class Window:
    """What clients of one server took in one stretch of time.

    Requests are kind, seconds, status (0: no answer in time) and bytes; `processor` is what the process tree took of
    processors, in seconds, `memory` the most it held, in MB.
    """

    server: str
    mode: str
    clients: int
    turn: int
    seconds: float
    processor: float
    memory: float
    requests: Sequence[tuple[str, float, int, int]]

    @property
    def times(self) -> list[float]:
        """Seconds of each request that was answered."""
        return [seconds for _, seconds, status, _ in self.requests if status == 200]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    @property
    def failed(self) -> int:
        """How many requests had no answer, or an error."""
        return len(self.requests) - len(self.times)

    def line(self) -> str:
        """The window in a line."""
        middle, most = (percentile(self.times, share) * 1000 for share in (0.5, 0.99))
        return (
            f"{self.server:16} {self.rate:8.1f}/s  median {middle:7.1f} ms  99 % {most:7.0f} ms  {self.memory:.0f} MB  "
            f"{self.processor / len(self.requests) * 1000:6.1f} CPU ms each  "
            f"{len(self.requests)} in {self.seconds:.1f} s, {self.failed} failed"
        )


def percentile(times: Sequence[float], share: float = 0.99) -> float:
    """The time that `share` of the requests did not exceed; 0 where there are none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def by_kind(windows: Iterable[Window]) -> dict[str, list[float]]:
    """Seconds of each answered request, by kind."""
    times: dict[str, list[float]] = defaultdict(list)
    for window in windows:
        for kind, seconds, status, _ in window.requests:
            if status == 200:
                times[kind].append(seconds)
    return times


def mix_rate(windows: Sequence[Window], kinds: Iterable[str]) -> float:
    """How often a second the clients get through all of `kinds`, once each.

    In a closed loop each client is always waiting for one answer: clients / sum of mean times (Little's law).
    """
    times = by_kind(windows)
    return windows[0].clients / sum(statistics.fmean(times[kind]) for kind in kinds)


def ratio(windows: Sequence[Window], mode: str, clients: int, peer: str) -> tuple[float, float] | None:
    """Our rate over the peer's, for the kinds that both answered: of the whole mix, and by kind (geometric mean)."""
    own = pick(windows, OURS, mode, clients)
    other = pick(windows, peer, mode, clients)
    if not own or not other:
        return None
    ours, theirs = by_kind(own), by_kind(other)
    kinds = sorted(ours.keys() & theirs.keys())
    whole = mix_rate(own, kinds) / mix_rate(other, kinds)
    each = [statistics.median(theirs[kind]) / statistics.median(ours[kind]) for kind in kinds]
    return whole, statistics.geometric_mean(each)


def pick(windows: Iterable[Window], server: str, mode: str, clients: int) -> list[Window]:
    """The windows of one server in one mode."""
    return [one for one in windows if (one.server, one.mode, one.clients) == (server, mode, clients) and one.times]


def serve_tables(found: Mapping[str, Any]) -> dict[str, str]:
    """The tables of what `bench_serve.py` measured, by name."""
    windows: list[Window] = found["windows"]
    return {
        "serve": rates_table(windows),
        "serve-ratios": ratios_table(windows),
        "serve-questions": questions_table(windows, found["answers"]),
        "serve-growth": growth_table(found["growth"], found["counts"]),
    }


def rates_table(windows: Sequence[Window]) -> str:
    """Rate, times and memory of each server in each mode."""
    rows = []
    for mode, clients, server in _settings(windows):
        own = pick(windows, server, mode, clients)
        if own:
            times = [seconds for window in own for seconds in window.times]
            failed = sum(window.failed for window in own)
            rate = statistics.median(window.rate for window in own)
            processor = sum(window.processor for window in own) / sum(len(window.requests) for window in own)
            memory = f"{max(window.memory for window in own):,.0f} MB"
            cells = [
                f"{rate:,.3g}",
                milliseconds(statistics.median(times)),
                milliseconds(percentile(times)),
                milliseconds(processor),
            ]
            rows.append((mode, clients, server, *cells, memory, len(times), failed))
    return to_table(
        (
            "questions",
            "clients",
            "server",
            "answers a second",
            "median",
            "99 %",
            "processor",
            "memory",
            "answered",
            "failed",
        ),
        rows,
    )


def ratios_table(windows: Sequence[Window]) -> str:
    """How many times the rate of each peer ours is."""
    rows = []
    for mode, clients, server in _settings(windows):
        found = None if server == OURS else ratio(windows, mode, clients, server)
        if found:
            rows.append((mode, clients, server, *(f"{one:.3g}" for one in found)))
    return to_table(("questions", "clients", "peer", "whole mix", "question by question"), rows)


def questions_table(windows: Sequence[Window], answers: Mapping[str, Mapping[str, str]]) -> str:
    """The median of each question, distinct and alone; where a peer gives no answer or another one, that."""
    servers = list(answers)
    times = {server: by_kind(pick(windows, server, "distinct", 1)) for server in servers}
    rows = []
    for kind in next(iter(answers.values())):
        cells = (
            milliseconds(statistics.median(times[server][kind])) if kind in times[server] else answers[server][kind]
            for server in servers
        )
        rows.append((kind, *cells))
    return to_table(("question", *servers), rows)


def growth_table(growth: Mapping[str, Sequence[Window]], counts: Mapping[str, Sequence[int]]) -> str:
    """The median of each question, distinct and alone, over more and more triples; ours and the peers'."""
    sizes = list(growth)
    if not sizes:
        return ""
    servers = [window.server for window in growth[sizes[0]]]
    times = {(size, window.server): by_kind([window]) for size in sizes for window in growth[size]}
    kinds = sorted(times[sizes[0], servers[0]])
    rows = [(kind, *(_pair([times[size, server].get(kind) for server in servers]) for size in sizes)) for kind in kinds]
    rows.append(("memory", *(" / ".join(f"{one.memory:,.0f} MB" for one in growth[size]) for size in sizes)))
    rows.append(("articles", *(f"{counts[size][0]:,}" for size in sizes)))
    heads = (f"{counts[size][2]:,} triples" for size in sizes)
    return to_table((" / ".join(servers), *heads), rows)


def milliseconds(seconds: float) -> str:
    """0.42 ms, 17 ms, 2,310 ms"""
    value = seconds * 1000
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.2g} ms"


def _pair(times: Sequence[list[float] | None]) -> str:
    return " / ".join(milliseconds(statistics.median(one)) if one else "" for one in times)


def _settings(windows: Sequence[Window]) -> list[tuple[str, int, str]]:
    return list(dict.fromkeys((one.mode, one.clients, one.server) for one in sorted(windows, key=_order)))


def _order(window: Window) -> tuple[str, int, str]:
    return window.mode, window.clients, window.server
