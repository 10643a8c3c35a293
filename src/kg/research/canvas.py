"""What every plot has in common: an Axes to draw in, its colours, its words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.ticker import FuncFormatter, MaxNLocator

# The colours of Okabe and Ito (https://jfly.uni-koeln.de/color/), which people with any kind of colour vision tell
# apart: cold ones for cooperation, warm ones for conflict, the stronger for deeds.
QUAD_COLOURS = {
    "verbal-cooperation": "#56B4E9",
    "material-cooperation": "#0072B2",
    "verbal-conflict": "#E69F00",
    "material-conflict": "#D55E00",
}
SERIES_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
REST_COLOUR = "#999999"
INK = "#444444"
CONFLICT = frozenset({"verbal-conflict", "material-conflict"})

_TITLE_SIZE, _SUBTITLE_SIZE, _LINE = 12.0, 9.0, 12.0


def open_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """`ax`, or one in a new figure of `width` by `height` inches."""
    if ax is not None:
        return ax
    _, made = plt.subplots(figsize=(width, height), layout="constrained")
    return made


def write_title(ax: Axes, title: str, subtitle: str, *, share: float = 1.0) -> None:
    """Title and, under it, a subtitle in as many lines as it needs, above the plot.

    `share` is how much of the room for the plot is left for its lines, by labels beside it.
    """
    figure = ax.get_figure(root=True)
    inches = figure.get_figwidth() * ax.get_position().width if figure is not None else 6.0
    lines = textwrap.wrap(subtitle, max(30, int(share * inches * 72 / (_SUBTITLE_SIZE * 0.47))))
    ax.set_title(title, loc="left", fontsize=_TITLE_SIZE, fontweight="bold", pad=10 + _LINE * len(lines))
    ax.annotate(
        "\n".join(lines), (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points",
        ha="left", va="bottom", fontsize=_SUBTITLE_SIZE, color=INK, linespacing=1.25,
    )  # fmt: skip


def clean(ax: Axes, *, counts: str) -> None:
    """Leave no more lines than are read; the axis `counts`, x or y, has whole numbers, without a sign."""
    ax.spines[:].set_visible(False)
    axis = ax.yaxis if counts == "y" else ax.xaxis
    axis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=2))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(round(value)):,}"))
    ax.tick_params(axis="both", length=0, labelsize=9, labelcolor=INK)
    ax.set_axisbelow(True)
    ax.grid(axis="y" if counts == "y" else "x", color="#dddddd", linewidth=0.8)


def add_legend(ax: Axes, handles: Sequence[Artist | BarContainer]) -> None:
    """What the colours mean: beside the plot, or within where nothing makes room for it beside."""
    figure = ax.get_figure(root=True)
    has_room = figure is not None and figure.get_layout_engine() is not None
    place = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0), "frameon": False} if has_room else {"loc": "best"}
    ax.legend(handles=list(handles), fontsize=9, labelcolor=INK, **place)


def say_nothing_found(ax: Axes | None, title: str, message: str) -> Axes:
    """An empty plot that says why it is empty."""
    ax = open_axes(ax, 9.0, 1.6)
    ax.set_title(title, loc="left", fontsize=_TITLE_SIZE, fontweight="bold")
    ax.set_axis_off()
    ax.text(0.5, 0.5, textwrap.fill(message, 60), ha="center", va="center", transform=ax.transAxes, color=INK)
    return ax


def count(number: int, noun: str) -> str:
    """`number` with its noun, and with commas between thousands."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def quad_label(quad_class: str) -> str:
    """A quad class as a legend writes it, as in `verbal conflict`."""
    return quad_class.replace("-", " ")
