"""Events over time: bars of how many there were in each period."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import matplotlib.dates as mdates
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from kg.errors import SettingError
from kg.export.article_table import source_of
from kg.export.records import EventRecord
from kg.research import canvas
from kg.research.about import About
from kg.research.calendar import Frequency
from kg.research.tally import UNKNOWN, Tally

_FEWEST_PERIODS = 8
_MOST_LABELS = 8
_MOST_BARS = 150
# What the corner adds to ticks of years, months, days, hours, minutes and seconds.
_OFFSETS = ["", "%Y", "%Y", "%d %b %Y", "%d %b %Y", "%d %b %Y"]

# What a bar is divided by: the values of an event, of which it may have several.
_GROUPS: dict[str, Callable[[EventRecord], Sequence[str]]] = {
    "quad": lambda event: (event.quad_class,),
    "category": lambda event: (event.category,),
    "factuality": lambda event: (event.factuality,),
    "actor": lambda event: event.actor_states,
    "recipient": lambda event: event.recipient_states,
    "source": lambda event: (source_of(event.article) or UNKNOWN,),
}

_NOUNS = {"actor": "state that acts", "recipient": "state acted upon", "source": "source of the article"}


@dataclass(frozen=True, slots=True)
class _Series:
    """One colour of the bars: which values it counts, and whether it is drawn below the line."""

    label: str
    colour: str
    values: frozenset[str]
    is_below: bool = False

    def heights(self, tally: Tally, starts: Sequence[dt.date]) -> list[int]:
        counts = (tally.counts.get(start, Counter()) for start in starts)
        return [sum(counter[value] for value in self.values) for counter in counts]


def draw_timeline(
    events: Iterable[EventRecord],
    *,
    by: str,
    frequency: Frequency,
    about: About,
    is_bounded: bool,
    ax: Axes | None = None,
) -> Axes:
    """Bars for `events`, divided `by` one of quad, category, factuality, actor, recipient and source.

    `about` says which events these are. Where the caller gave no bounds (`is_bounded`), a few events far from all
    others are left out, and the subtitle says so.

    Raises:
        SettingError: there is no such division.
    """
    if by not in _GROUPS:
        raise SettingError(f"there is no by {by!r}: use {', '.join(_GROUPS)}")
    tally = Tally(frequency)
    for event in events:
        tally.add(event, _GROUPS[by](event))
    title = f"Events by {frequency.name}" + ("" if by == "quad" else f" and {_NOUNS.get(by, by)}")
    if not tally.by_period:
        return canvas.say_nothing_found(ax, title, _explain_nothing(tally, about))
    ax = canvas.open_axes(ax, 9.0, 4.4)
    first, last = (min(tally.by_period), max(tally.by_period)) if is_bounded else tally.bulk()
    starts = list(frequency.all_between(first, last))
    _draw_bars(ax, tally, starts, by)
    _scale(ax, frequency, starts)
    canvas.clean(ax, counts="y")
    canvas.write_title(ax, title, _describe(tally, about, by, first, last))
    return ax


def _draw_bars(ax: Axes, tally: Tally, starts: Sequence[dt.date], by: str) -> None:
    """Stacked bars, above and below the line."""
    edges = [mdates.date2num(start) for start in (*starts, tally.frequency.following(starts[-1]))]
    series = _quad_series(tally, starts) if by == "quad" else _ranked_series(tally, starts)
    tops = {True: [0] * len(starts), False: [0] * len(starts)}
    drawn = []
    for one in series:
        heights = [-height if one.is_below else height for height in one.heights(tally, starts)]
        base = tops[one.is_below]
        tops[one.is_below] = [low + height for low, height in zip(base, heights, strict=True)]
        drawn.append(_draw_series(ax, edges, base, tops[one.is_below], one))
    # From top to bottom, as the bars are stacked.
    above = [bars for bars, one in zip(drawn, series, strict=True) if not one.is_below]
    below = [bars for bars, one in zip(drawn, series, strict=True) if one.is_below]
    canvas.add_legend(ax, [*above[::-1], *below])
    ax.axhline(0, color=canvas.INK, linewidth=0.8)
    both = above and below
    ax.set_ylabel("conflict  ←  events  →  cooperation" if both else "events", fontsize=9, color=canvas.INK)


def _draw_series(
    ax: Axes, edges: Sequence[float], base: Sequence[int], tops: Sequence[int], series: _Series
) -> Artist | BarContainer:
    """Bars from `base` to `tops`; where they would be thinner than their gaps, one outline of them all."""
    if len(base) > _MOST_BARS:
        return ax.stairs(
            tops,
            edges,
            baseline=base,
            fill=True,
            color=series.colour,
            label=series.label,
            linewidth=0,
            antialiased=False,
        )
    lengths = [end - start for start, end in pairwise(edges)]
    return ax.bar(
        [start + length * 0.05 for start, length in zip(edges[:-1], lengths, strict=True)],
        [top - low for low, top in zip(base, tops, strict=True)],
        width=[length * 0.9 for length in lengths], bottom=base, align="edge",
        color=series.colour, label=series.label, linewidth=0,
    )  # fmt: skip


def _quad_series(tally: Tally, starts: Sequence[dt.date]) -> list[_Series]:
    """The quad classes that occur, in colours of their own; conflict is below the line where there is both."""
    occurring = {value for value, number in tally.totals(starts).items() if number}
    has_both = bool(occurring & canvas.CONFLICT and occurring - canvas.CONFLICT)
    return [
        _Series(canvas.quad_label(value), colour, frozenset({value}), has_both and value in canvas.CONFLICT)
        for value, colour in canvas.QUAD_COLOURS.items()
        if value in occurring
    ]


def _ranked_series(tally: Tally, starts: Sequence[dt.date]) -> list[_Series]:
    """The values, the most frequent first; where there are more than colours, the rarest are one."""
    totals = tally.totals(starts)
    ranked = sorted(totals, key=lambda value: (value == UNKNOWN, -totals[value], value))
    colours = canvas.SERIES_COLOURS
    shown = ranked if len(ranked) <= len(colours) else ranked[: len(colours) - 1]
    series = [
        _Series(value, colour, frozenset({value})) for value, colour in zip(shown, colours[: len(shown)], strict=True)
    ]
    rest = frozenset(ranked) - frozenset(shown)
    return [*series, _Series(f"{len(rest)} others", canvas.REST_COLOUR, rest)] if rest else series


def _scale(ax: Axes, frequency: Frequency, starts: Sequence[dt.date]) -> None:
    """Dates along the axis: each period named where there are few, else as many as there is room for."""
    first, end = (mdates.date2num(day) for day in (starts[0], frequency.following(starts[-1])))
    room = max(0.0, (end - first) * (_FEWEST_PERIODS / len(starts) - 1) / 2)
    ax.set_xlim(first - room, end + room)
    if len(starts) <= _MOST_LABELS:
        middles = [(mdates.date2num(start) + mdates.date2num(frequency.following(start))) / 2 for start in starts]
        ax.set_xticks(middles, [frequency.label(start) for start in starts])
    else:
        locator = mdates.AutoDateLocator(minticks=3, maxticks=9)
        show_offset = frequency.name != "year"
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(
            mdates.ConciseDateFormatter(locator, offset_formats=_OFFSETS, show_offset=show_offset)
        )


def _describe(tally: Tally, about: About, by: str, first: dt.date, last: dt.date) -> str:
    """What is shown, how it is dated, and what is left out."""
    name = tally.frequency.name
    parts = [f"{about.count(tally.events)}: {tally.tell_dates()}"]
    if tally.undated:
        parts.append(f"{tally.undated:,} that nothing dates to a {name} left out")
    before, after = tally.count_before(first), tally.count_after(last)
    if before or after:
        label = tally.frequency.label
        parts.append(f"{before:,} before {label(first)} and {after:,} after {label(last)} not shown")
    if by in ("actor", "recipient"):
        parts.append("an event of several states counts for each")
    return "; ".join(parts) + "."


def _explain_nothing(tally: Tally, about: About) -> str:
    if not tally.events:
        return about.none()
    return f"{about.count(tally.events)}, but nothing dates any of them to a {tally.frequency.name}."
