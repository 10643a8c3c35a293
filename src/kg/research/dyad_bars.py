"""Pairs of states: bars of what each did to the other, conflict to the left and cooperation to the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from kg.errors import SettingError
from kg.export.dyads import date_month, pair_states
from kg.export.records import EventRecord
from kg.reference import load_states
from kg.research import canvas
from kg.research.about import About

_FEWEST_ROWS = 3
_LONGEST_NAME = 20
_FROM_LEFT = ("material-conflict", "verbal-conflict", "verbal-cooperation", "material-cooperation")

Pair = tuple[str, str]


@dataclass(slots=True)
class _Pairs:
    """Events counted by pair of states and quad class, and those that are left out."""

    counts: dict[Pair, Counter[str]] = field(default_factory=dict)
    events: int = 0
    one_sided: int = 0
    domestic: int = 0
    dated: Counter[str] = field(default_factory=Counter)

    def add(self, event: EventRecord, *, domestic: bool) -> None:
        """Count an event for each pair of states that it is between."""
        pairs = [pair for pair in pair_states(event) if all(pair)]
        between = [pair for pair in pairs if domestic or pair[0] != pair[1]]
        if not between:
            self.one_sided += not pairs
            self.domestic += bool(pairs)
            return
        self.events += 1
        self.dated[date_month(event)[1] or "nothing"] += 1
        for pair in between:
            self.counts.setdefault(pair, Counter())[event.quad_class] += 1

    def most(self, top: int) -> list[Pair]:
        """The pairs with most events, the first first."""
        return sorted(self.counts, key=lambda pair: (-self.counts[pair].total(), pair))[:top]


def draw_dyads(
    events: Iterable[EventRecord], *, top: int, domestic: bool, about: About, ax: Axes | None = None
) -> Axes:
    """Bars for the `top` pairs of states with most `events`; `domestic` ones, within a state, only where wanted.

    `about` says which events these are.

    Raises:
        SettingError: `top` is no number of pairs.
    """
    if top < 1:
        raise SettingError(f"top={top} is no number of pairs: give 1 or more")
    pairs = _Pairs()
    for event in events:
        pairs.add(event, domestic=domestic)
    shown = pairs.most(top)
    title = "Who acts towards whom"
    if not shown:
        return canvas.say_nothing_found(ax, title, _explain_nothing(pairs, about))
    ax = canvas.open_axes(ax, 9.0, 1.7 + 0.3 * max(len(shown), _FEWEST_ROWS))
    _draw_bars(ax, pairs, shown)
    canvas.clean(ax, counts="x")
    canvas.write_title(ax, title, _describe(pairs, about, len(shown)), share=0.8)
    return ax


def _draw_bars(ax: Axes, pairs: _Pairs, shown: Sequence[Pair]) -> None:
    rows = range(len(shown))
    ends = {True: [0] * len(shown), False: [0] * len(shown)}
    handles: dict[str, BarContainer] = {}
    for quad_class in canvas.QUAD_COLOURS:
        is_conflict = quad_class in canvas.CONFLICT
        widths = [pairs.counts[pair][quad_class] * (-1 if is_conflict else 1) for pair in shown]
        if not any(widths):
            continue
        left = ends[is_conflict]
        label = canvas.quad_label(quad_class)
        colour = canvas.QUAD_COLOURS[quad_class]
        handles[quad_class] = ax.barh(rows, widths, left=left, height=0.7, color=colour, label=label, linewidth=0)
        ends[is_conflict] = [end + width for end, width in zip(left, widths, strict=True)]
    for row in rows:
        for is_conflict, end in ((True, ends[True][row]), (False, ends[False][row])):
            if end:
                _write_count(ax, row, end, on_left=is_conflict)
    lowest, highest = min(ends[True]), max(ends[False])
    room = (highest - lowest) * 0.1 + 0.2  # for the numbers
    ax.set_xlim(lowest - room if lowest else 0, highest + room if highest else 0)
    ax.axvline(0, color=canvas.INK, linewidth=0.8)
    ax.set_yticks(rows, [f"{_name(actor)} → {_name(recipient)}" for actor, recipient in shown])
    middle, half = (len(shown) - 1) / 2, max(len(shown), _FEWEST_ROWS) / 2 + 0.1
    ax.set_ylim(middle + half, middle - half)  # the first on top
    ax.set_xlabel(_axis_label(ends), fontsize=9, color=canvas.INK)
    canvas.add_legend(ax, [handles[name] for name in _FROM_LEFT if name in handles])


def _write_count(ax: Axes, row: int, end: int, *, on_left: bool) -> None:
    ax.annotate(
        f"{abs(end):,}", (end, row), (-3 if on_left else 3, 0), textcoords="offset points", va="center",
        ha="right" if on_left else "left", fontsize=8, color=canvas.INK,
    )  # fmt: skip


def _axis_label(ends: dict[bool, list[int]]) -> str:
    sides = (any(ends[True]), any(ends[False]))
    return {(True, True): "conflict  ←  events  →  cooperation", (True, False): "events of conflict"}.get(
        sides, "events of cooperation"
    )


def _name(code: str) -> str:
    """A state by name, or by code where the name is long."""
    state = load_states().get(code)
    return state.name if state is not None and len(state.name) <= _LONGEST_NAME else code


def _describe(pairs: _Pairs, about: About, shown: int) -> str:
    """What is shown, how it is dated, and what is left out."""
    dates = {"event": "dated by the text", "publication": "dated by publication of the article", "nothing": "undated"}
    told = ", ".join(f"{pairs.dated[name]:,} {words}" for name, words in dates.items() if pairs.dated[name])
    of = f" of {len(pairs.counts):,}" if shown < len(pairs.counts) else ""
    nouns = "pair of states" if len(pairs.counts) == 1 else "pairs of states"
    parts = [f"{shown}{of} {nouns}, {about.count(pairs.events)}: {told}"]
    if pairs.domestic:
        parts.append(f"{pairs.domestic:,} within one state left out")
    if pairs.one_sided:
        parts.append(f"{pairs.one_sided:,} without a known state on each side left out")
    return "; ".join(parts) + "."


def _explain_nothing(pairs: _Pairs, about: About) -> str:
    left_out = pairs.domestic + pairs.one_sided
    if not left_out:
        return about.none()
    return f"{about.count(left_out)}, but none of them is between two known states."
