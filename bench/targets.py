"""What `kg` must reach, what it aims at, and what people or peers reach on the same data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


def share(value: float) -> str:
    """.832"""
    return f"{value:.3f}".removeprefix("0")


def hundredths(value: float | None) -> str:
    """.83; nothing for None."""
    return "" if value is None else f"{value:.2f}".removeprefix("0")


def whole(value: float) -> str:
    """1,500"""
    return f"{value:,.0f}"


def seconds(value: float) -> str:
    """0.22 s, 3 s"""
    return f"{value:.2f}".rstrip("0").rstrip(".") + " s"


def megabytes(value: float) -> str:
    """600 MB"""
    return f"{value:,.0f} MB"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: `key` names it among those measured; `others` tells what people or peers reach."""

    what: str
    key: str
    must: float
    aim: float | None = None
    others: str = ""
    show: Callable[[float], str] = share
    more_is_better: bool = True

    def wanted(self) -> list[str]:
        """The cells of what, must, aim and others."""
        show = _short if self.show is share else self.show
        return [self.what, show(self.must), "" if self.aim is None else show(self.aim), self.others]

    def row(self, measured: Mapping[str, float]) -> list[str]:
        """These cells and what was measured, in bold where it falls short."""
        found = measured[self.key]
        reached = found >= self.must if self.more_is_better else found <= self.must
        return [*self.wanted(), self.show(found) if reached else f"**{self.show(found)}**"]


def _short(value: float) -> str:
    """.8 as .80, .855 as it is."""
    return hundredths(value) if round(value, 2) == value else share(value)


TARGETS = (
    Target("trees, LAS, EWT dev and GUM dev", "trees/dep_las", 0.82, 0.86, "first attempt .81"),
    Target("trees, LAS, news", "trees, news/dep_las", 0.855, 0.89, "first attempt .844"),
    Target("entities, F1", "entities/f1", 0.82, 0.86, "first attempt .77"),
    Target(
        "relations, macro-F1",
        "relations/macro_f1",
        0.75,
        0.85,
        "given the pair: TF-IDF .70, RoBERTa-large NLI .82",
    ),
    Target("relations, actor found", "relations/actor_found", 0.85, 0.95),
    Target("relations, recipient found", "relations/recipient_found", 0.75, 0.9),
    Target("officials, F1", "gold/officials/f1", 0.88, 0.95, "people 1.00"),
    Target("officials, role", "gold/officials/role", 0.85, 0.95, "people 1.00"),
    Target("officials, state", "gold/officials/state", 0.92, 0.95, "people 1.00"),
    Target("statements, F1", "gold/statements/f1", 0.80, 0.93, "people .97"),
    Target("statements, stance", "gold/statements/stance", 0.75, 0.9, "people .93"),
    Target("events, F1", "gold/events/f1", 0.55, 0.8, "people .87"),
    Target("events strict, F1", "gold/events strict/f1", 0.40, 0.7, "people .80"),
    Target("events, date", "gold/events/date", 0.6, 0.7, "people .70"),
    Target("sample article, statements, F1", "seed/statements/f1", 0.85),
    Target("sample article, events, F1", "seed/events/f1", 0.7),
    Target("questions answered wholly right, of ten", "questions", 10, None, "people .95", whole),
    Target("words read a second, one core", "costs/speed", 1500, 3000, "peer: see [Costs](#costs)", whole),
    Target("memory of one process", "costs/memory", 1200, 600, "", megabytes, more_is_better=False),
    Target("loading the model", "costs/loading", 3, 1, "", seconds, more_is_better=False),
)
