"""What plots say: bars, words and colours, as matplotlib holds them."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Sequence

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kg import Graph
from kg.errors import SettingError
from kg.export.records import ArticleRecord, EventRecord
from kg.export.scheme import load_scheme
from kg.reference import load_states
from kg.research.about import About
from kg.research.calendar import Dated, date_event, find_frequency
from kg.research.canvas import QUAD_COLOURS
from kg.research.dyad_bars import draw_dyads
from kg.research.timeline import draw_timeline
from kg.vocab import CATEGORIES


def event(
    category: str = "AID",
    date: str | None = None,
    published: str | None = None,
    actors: Sequence[str] = (),
    recipients: Sequence[str] = (),
) -> EventRecord:
    article = ArticleRecord("http://x/article", url="https://www.example.org/1", published=published)
    quad = load_scheme().quad_classes[category]
    return EventRecord(
        "http://x/event", article, category, "actual", quad, 1.0, (), date=date,
        actor_states=tuple(actors), recipient_states=tuple(recipients),
    )  # fmt: skip


def timeline(*events: EventRecord, by: str = "quad", freq: str = "month", bounded: bool = True) -> Axes:
    return draw_timeline(events, by=by, frequency=find_frequency(freq), about=About(), is_bounded=bounded)


def dyads(*events: EventRecord, top: int = 20, domestic: bool = False) -> Axes:
    return draw_dyads(events, top=top, domestic=domestic, about=About())


def words(ax: Axes) -> str:
    """All that is written in and around a plot."""
    legend = ax.get_legend()
    texts = [*ax.texts, *(legend.get_texts() if legend else ())]
    return " ".join(" ".join([ax.get_title(loc="left"), *(text.get_text() for text in texts)]).split())


def bars(ax: Axes) -> dict[str, list[float]]:
    """The heights of upright bars, without those of nothing, by what the legend calls them."""
    return {
        str(container.get_label()): [bar.get_height() for bar in container if bar.get_height()]
        for container in ax.containers
    }


def bar_lengths(ax: Axes) -> dict[str, list[float]]:
    """The same of bars that lie."""
    return {
        str(container.get_label()): [bar.get_width() for bar in container if bar.get_width()]
        for container in ax.containers
    }


@pytest.mark.parametrize(
    "freq, date, published, dated",
    [
        ("month", "2024-01-31", "2024-03-01", Dated(dt.date(2024, 1, 1), "event")),
        ("month", "2024-01", None, Dated(dt.date(2024, 1, 1), "event")),
        ("month", None, "2024-03-05", Dated(dt.date(2024, 3, 1), "publication")),
        ("month", "2023", "2024-03-05", Dated()),
        ("year", "2023", "2024-03-05", Dated(dt.date(2023, 1, 1), "event")),
        ("quarter", "2024-05", None, Dated(dt.date(2024, 4, 1), "event")),
        ("week", "2024-01-07", None, Dated(dt.date(2024, 1, 1), "event")),
        ("week", "0001-01-01", None, Dated(dt.date(1, 1, 1), "event")),
        ("day", None, "2024-01-07", Dated(dt.date(2024, 1, 7), "publication")),
        ("day", "2024-02-30", None, Dated()),
        ("day", None, None, Dated()),
    ],
)
def test_an_event_is_in_the_period_of_its_date_or_its_article(
    freq: str, date: str | None, published: str | None, dated: Dated
) -> None:
    assert date_event(event("AID", date, published), find_frequency(freq)) == dated


@pytest.mark.parametrize("freq, number", [("day", 366), ("week", 53), ("month", 12), ("quarter", 4), ("year", 1)])
def test_periods_follow_each_other_without_gaps(freq: str, number: int) -> None:
    frequency = find_frequency(freq)
    starts = list(frequency.all_between(frequency.begin(dt.date(2024, 1, 1)), dt.date(2024, 12, 31)))
    assert len(starts) == number
    assert all(frequency.begin(start) == start for start in starts)
    assert next(frequency.all_between(dt.date(9999, 12, 27), dt.date.max)) == dt.date(9999, 12, 27)


def test_a_timeline_counts_by_period_and_quad_class() -> None:
    ax = timeline(
        event("AID", "2024-01-05"), event("AID", None, "2024-01-09"), event("ASSAULT", "2024-03-05"), event("AID")
    )
    assert bars(ax) == {"material cooperation": [2], "material conflict": [-1]}
    assert "4 events: 2 dated by the text, 1 dated by publication of the article" in words(ax)
    assert "1 that nothing dates to a month left out" in words(ax)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["Jan 2024", "Feb 2024", "Mar 2024"]


@pytest.mark.parametrize("draw", [timeline, dyads])
def test_each_quad_class_has_its_colour(draw: object) -> None:
    categories = {quad: category for category, quad in load_scheme().quad_classes.items()}
    for quad, category in categories.items():
        one = event(category, "2024-01-05", None, ["USA"], ["FRA"])
        ax = timeline(one) if draw is timeline else dyads(one)
        (container,) = ax.containers
        patch = container[0]
        assert isinstance(patch, Rectangle)
        assert to_hex(patch.get_facecolor()).upper() == QUAD_COLOURS[quad]
        assert [text.get_text() for text in ax.get_legend().get_texts()] == [quad.replace("-", " ")]


@pytest.mark.parametrize(
    "by, labels",
    [
        ("category", {"AID": [2], "ASSAULT": [1]}),
        ("factuality", {"actual": [3]}),
        ("actor", {"FRA": [2], "USA": [1], "none known": [1]}),
        ("recipient", {"none known": [3]}),
        ("source", {"example.org": [3]}),
    ],
)
def test_a_timeline_is_divided_by_what_is_asked(by: str, labels: dict[str, list[float]]) -> None:
    day = "2024-01-05"
    events = [event("AID", day, None, ["USA", "FRA"]), event("AID", day, None, ["FRA"]), event("ASSAULT", day)]
    ax = timeline(*events, by=by)
    assert bars(ax) == labels
    assert ("an event of several states counts for each" in words(ax)) is (by in ("actor", "recipient"))


def test_the_rarest_values_are_one() -> None:
    ax = timeline(*(event(category, "2024-01-05") for category in CATEGORIES), by="category")
    assert len(ax.containers) == 7 and bars(ax)["10 others"] == [10]


def test_a_few_events_long_ago_do_not_take_all_the_room() -> None:
    events = [event("AID", f"2024-0{1 + number % 3}-05") for number in range(60)]
    ax = timeline(event("AID", "1945-05-08"), *events, bounded=False)
    assert "1 before Jan 2024 and 0 after Mar 2024 not shown" in words(ax)
    assert bars(ax) == {"material cooperation": [20, 20, 20]}
    assert "not shown" not in words(timeline(event("AID", "1945-05-08"), *events, bounded=True))
    assert "not shown" not in words(timeline(event("AID", "2023-05-08"), *events, bounded=False))


@pytest.mark.parametrize(
    "events, message",
    [
        ([], "There are no events."),
        ([event()], "1 event, but nothing dates any of them to a month."),
    ],
)
def test_an_empty_timeline_says_why(events: list[EventRecord], message: str) -> None:
    ax = timeline(*events)
    assert message in words(ax) and not ax.containers and not ax.axison


def test_dyads_are_counted_by_pair_and_quad_class() -> None:
    ax = dyads(
        event("AID", "2024-01-05", None, ["USA"], ["FRA", "DEU"]),
        event("ASSAULT", None, "2024-01-05", ["USA"], ["FRA"]),
        event("CONSULT", None, None, ["FRA", "USA"]),
        event("AID", "2024-01-05", None, ["USA"], ["USA"]),
        event("AID", "2024-01-05", None, ["USA"]),
    )
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "United States → France", "France → United States", "United States → Germany"
    ]  # fmt: skip
    assert bar_lengths(ax) == {
        "verbal cooperation": [1, 1], "material cooperation": [1, 1], "material conflict": [-1]
    }  # fmt: skip
    dates = "1 dated by the text, 1 dated by publication of the article, 1 undated"
    assert f"3 pairs of states, 3 events: {dates}" in words(ax)
    assert "1 within one state left out; 1 without a known state on each side left out" in words(ax)


def test_domestic_events_count_where_they_are_wanted() -> None:
    ax = dyads(event("AID", "2024-01-05", None, ["USA"], ["USA"]), domestic=True)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["United States → United States"]


def test_only_the_most_frequent_pairs_are_shown() -> None:
    events = [event("AID", "2024", None, ["USA"], [code]) for code in list(load_states())[:30] if code != "USA"]
    ax = dyads(*events, top=5)
    assert len(ax.get_yticklabels()) == 5 and f"5 of {len(events)} pairs of states" in words(ax)


@pytest.mark.parametrize(
    "events, message",
    [
        ([], "There are no events."),
        ([event("AID", "2024", None, ["USA"])], "1 event, but none of them is between two known states."),
    ],
)
def test_empty_dyads_say_why(events: list[EventRecord], message: str) -> None:
    assert message in words(dyads(*events))


def many(number: int) -> list[EventRecord]:
    rng = random.Random(7)
    codes = [code for code in load_states() if code[0] in "ABU"]
    return [
        event(
            rng.choice(CATEGORIES), str(dt.date(2004, 1, 1) + dt.timedelta(days=rng.randrange(7000))), None,
            [rng.choice(codes)], [rng.choice(codes)],
        )
        for _ in range(number)
    ]  # fmt: skip


def overlapping(texts: list[Text]) -> list[tuple[str, str]]:
    """The texts that lie over each other."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    return [
        (one, two)
        for number, (one, box) in enumerate(boxes)
        for two, other in boxes[number + 1 :]
        if Bbox.intersection(box.shrunk(0.9, 0.9), other.shrunk(0.9, 0.9)) is not None
    ]


@pytest.mark.parametrize("number", [1, 30, 10_000])
@pytest.mark.parametrize("kind", ["quad", "category", "dyads"])
def test_no_words_lie_over_others_nor_outside(number: int, kind: str) -> None:
    ax = dyads(*many(number)) if kind == "dyads" else timeline(*many(number), by=kind)
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    low, high = sorted(ax.get_ylim())
    ticks = [tick for tick in ax.get_yticklabels() if low <= tick.get_position()[1] <= high]
    texts = [text for text in (*ax.texts, *ticks, *ax.get_legend().get_texts()) if text.get_text()]
    assert overlapping(texts) == []
    bounds = figure.bbox.padded(1)
    outside = [text for text in texts if not all(bounds.contains(*at) for at in text.get_window_extent().corners())]
    assert [text.get_text() for text in outside] == []


def test_many_periods_are_drawn_in_time() -> None:
    start = time.monotonic()
    ax = timeline(*many(10_000), freq="day")
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    assert time.monotonic() - start < 20 and not ax.containers and len(ax.patches) == 4


def test_an_axes_that_is_given_is_drawn_in(graph: Graph) -> None:
    figure, (left, right) = plt.subplots(1, 2)
    assert graph.plot_timeline(ax=left) is left and graph.plot_dyads(top=3, ax=right) is right
    assert plt.get_fignums() == [figure.number] and len(right.get_yticklabels()) == 3
    assert graph.plot_timeline(actor="Nobody", ax=left) is left


def test_plots_take_filters_and_say_which(graph: Graph) -> None:
    ax = graph.plot_timeline(state="ALB", since="2023", by="category", freq="year")
    events = graph.events(state="ALB", since="2023", factuality="actual")
    assert f"{len(events)} actual events (state ALB; since 2023-01-01)" in words(ax)
    assert {label: sum(heights) for label, heights in bars(ax).items()} == dict(Counter(events["Event Type"]))
    negated = graph.plot_dyads(actor=["ALB", "BWA", "CHL", "DNK", "EST"], factuality=["negated", "future"])
    assert "negated or future events (actor ALB, BWA, CHL, DNK and 1 more)" in words(negated)
    assert "actual" in words(graph.plot_timeline(by="factuality")) and "negated" in words(
        graph.plot_timeline(by="factuality")
    )


@pytest.mark.parametrize(
    "options, message",
    [
        ({"by": "colour"}, "there is no by 'colour': use quad, category, factuality, actor, recipient, source"),
        ({"freq": "hour"}, "there is no freq 'hour': use day, week, month, quarter, year"),
    ],
)
def test_what_a_timeline_cannot_do_is_told(graph: Graph, options: dict[str, str], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        graph.plot_timeline(**options)  # type: ignore[arg-type]
    with pytest.raises(SettingError, match="top=0 is no number of pairs"):
        graph.plot_dyads(top=0)
