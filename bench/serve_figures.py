"""Windows -> figures, and these as tables in Markdown."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tables import to_table

OURS = "kg serve"
_LATE = re.compile(r"longer than ([\d.]+) s")


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


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as much we do as a peer.

    `whole`: rounds of the mix in the same time, or at the least so many where `is_least`; `answered`: the same of what
    the peer answers in time; `each`: the geometric mean over its questions; `processor`: rounds for the same time of
    processors, None where the peer was not asked all.
    """

    whole: float
    is_least: bool
    answered: float
    each: float
    processor: float | None


def ratio(own: Sequence[Window], other: Sequence[Window], answers: Mapping[str, str]) -> Ratio:
    """Ours over the peer's, of windows in one mode; `answers` says what became of the peer's questions.

    What the peer took longer for than anybody waited counts as that long, once a round: the one such peer works out
    one answer at a time.
    """
    ours, theirs = by_kind(own), by_kind(other)
    kinds = sorted(ours.keys() & theirs.keys())
    late = {kind: float(found[1]) for kind, how in answers.items() if (found := _LATE.match(how)) and kind in ours}
    rounds = 1 / (1 / mix_rate(other, kinds) + sum(late.values()))
    each = [statistics.median(theirs[kind]) / statistics.median(ours[kind]) for kind in kinds]
    return Ratio(
        whole=mix_rate(own, [*kinds, *late]) / rounds,
        is_least=bool(late),
        answered=mix_rate(own, kinds) / mix_rate(other, kinds),
        each=statistics.geometric_mean(each),
        processor=_processor(other) / _processor(own) if ours.keys() == theirs.keys() else None,
    )


def _processor(windows: Sequence[Window]) -> float:
    return sum(window.processor for window in windows) / sum(len(window.requests) for window in windows)


def pick(windows: Iterable[Window], server: str, mode: str, clients: int) -> list[Window]:
    """The windows of one server in one mode."""
    return [one for one in windows if (one.server, one.mode, one.clients) == (server, mode, clients)]


def serve_tables(found: Mapping[str, Any]) -> dict[str, str]:
    """The tables of what `bench_serve.py` measured, by name."""
    windows: list[Window] = found["windows"]
    return {
        "serve": rates_table(windows, found["ceiling"]),
        "serve-ratios": ratios_table(windows, found["answers"]),
        "serve-questions": questions_table(windows, found["answers"]),
        "serve-growth": growth_table(found["growth"], found["counts"]),
    }


_RATES = (
    "questions",
    "clients",
    "server",
    "answers a second",
    "median",
    "99 %",
    "processor, each",
    "memory",
    "answered",
    "failed",
)


def rates_table(windows: Sequence[Window], ceiling: Mapping[int, float]) -> str:
    """Rate, times, processors and memory of each server in each mode; what the clients themselves can do."""
    rows = [_rates_row(pick(windows, server, mode, clients)) for mode, clients, server in _settings(windows)]
    rows += [("least", clients, "one that does nothing", figure(rate), *[""] * 6) for clients, rate in ceiling.items()]
    return to_table(_RATES, rows)


def _rates_row(own: Sequence[Window]) -> tuple[object, ...]:
    times = [seconds for window in own for seconds in window.times]
    return (
        own[0].mode,
        own[0].clients,
        own[0].server,
        figure(statistics.median(window.rate for window in own)),
        milliseconds(statistics.median(times or [0.0])),
        milliseconds(percentile(times, 0.99)),
        milliseconds(_processor(own)),
        f"{max(window.memory for window in own):,.0f} MB",
        len(times),
        sum(window.failed for window in own),
    )


def ratios_table(windows: Sequence[Window], answers: Mapping[str, Mapping[str, str]]) -> str:
    """How many times as much we do as each peer."""
    rows = []
    for mode, clients, server in _settings(windows):
        own, other = (pick(windows, name, mode, clients) for name in (OURS, server))
        if server != OURS and own and other:
            found = ratio(own, other, answers[server])
            whole = f"at least {figure(found.whole)}" if found.is_least else figure(found.whole)
            processor = "" if found.processor is None else figure(found.processor)
            rows.append((mode, clients, server, whole, figure(found.answered), figure(found.each), processor))
    heads = ("questions", "clients", "peer", "whole mix", "what it answers", "question by question", "processor")
    return to_table(heads, rows)


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


def figure(value: float) -> str:
    """0.47, 8.1, 32, 4,947"""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def milliseconds(seconds: float) -> str:
    """0.42 ms, 17 ms, 2,310 ms"""
    return f"{figure(seconds * 1000)} ms"


def _pair(times: Sequence[list[float] | None]) -> str:
    return " / ".join(milliseconds(statistics.median(one)) if one else "" for one in times)


def _settings(windows: Sequence[Window]) -> list[tuple[str, int, str]]:
    return list(dict.fromkeys((one.mode, one.clients, one.server) for one in sorted(windows, key=_order)))


def _order(window: Window) -> tuple[str, int, str]:
    return window.mode, window.clients, window.server
