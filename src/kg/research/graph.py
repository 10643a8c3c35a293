"""`Graph`: a data directory or SPARQL endpoint, asked from Python."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import Any, Self

import networkx as nx
import pyoxigraph as ox
from matplotlib.axes import Axes

from kg.errors import SettingError
from kg.export import TABLES, AskedGraphs, Selection
from kg.export.criteria import Day, Several, select
from kg.export.event_table import gather_events
from kg.export.networks import build_network
from kg.export.records import EventRecord
from kg.index.answer import Kind
from kg.research.about import About
from kg.research.answers import read_graph, read_solutions
from kg.research.calendar import find_frequency
from kg.research.connection import Connection
from kg.research.datatypes import type_columns
from kg.research.dyad_bars import draw_dyads
from kg.research.evidence import Evidence
from kg.research.frames import Frame, FrameKind, make_frame, tabulate
from kg.research.overview import look_over
from kg.research.passages import find_passages
from kg.research.timeline import draw_timeline
from kg.sparql_text import is_iri

_LEVELS = {"state": "states", "states": "states", "official": "officials", "officials": "officials"}


class Graph:
    """The graph of a data directory, `Graph("kg-data")`, or of a SPARQL endpoint, `Graph("https://host/sparql")`.

    A context manager. Filters take one value or several, of which any will do, in any case: `actor`, `recipient` and
    `speaker` names, IRIs, or states by code or name, which stand for all who act for them; `state` codes or names;
    `since` and `until` dates, or text such as 2024-01-31, 2024-01 or 2024; `category`, `quad_class`, `factuality` and
    `stance` the names that the ontology has. Dates are those of events and statements, else of their articles.

    What a filter cannot mean raises `kg.errors.SettingError`; a name that nobody bears gives an empty frame.
    """

    def __init__(self, source: str | os.PathLike[str] = "kg-data", *, timeout: float | None = None) -> None:
        """Open `source`; a query may run for `timeout` seconds, by default `KG_QUERY_TIMEOUT`.

        Raises:
            KgError: there is no data directory, or it cannot be used. An endpoint is first asked when it must be.
        """
        self._connection = Connection(source, timeout)
        self._graphs = AskedGraphs(self._connection.ask_whole, is_union=self._connection.is_union)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the data directory or endpoint."""
        self._connection.close()

    def query(self, sparql: str, *, frame: FrameKind = "pandas") -> Any:
        """The answer to a SPARQL query: to SELECT a frame, to ASK True or False, to CONSTRUCT and DESCRIBE a graph.

        The prefixes of the project are declared. The datatypes of the answer give the columns their types: integers
        are Int64, decimals and floats float64, booleans boolean, dates and times datetime64; all else is text, as are
        columns of several sorts, years and months. What is not bound is missing.

        Raises:
            QueryError: it is no query, or more than may be asked.
        """
        with self._connection.ask(sparql) as answer:
            content = b"".join(answer)
        if answer.kind is Kind.GRAPH:
            return read_graph(answer.media_type, content)
        found = read_solutions(answer.media_type, content)
        return bool(found) if isinstance(found, ox.QueryBoolean) else make_frame(type_columns(found), frame)

    def events(
        self,
        *,
        actor: Several = None,
        recipient: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        category: Several = None,
        quad_class: Several = None,
        factuality: Several = None,
        limit: int | None = None,
        frame: FrameKind = "pandas",
    ) -> Frame:
        """One row for each event, with the columns of the table `events` (docs/codebook.md); at most `limit` rows."""
        selection = select(
            actor=actor, recipient=recipient, state=state, since=since, until=until, category=category,
            quad_class=quad_class, factuality=factuality,
        )  # fmt: skip
        return self._tabulate("events", selection, frame, limit)

    def statements(
        self,
        *,
        speaker: Several = None,
        stance: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        limit: int | None = None,
        frame: FrameKind = "pandas",
    ) -> Frame:
        """One row for each statement, with the columns of the table `statements`; at most `limit` rows.

        `state` is that of who speaks, is spoken to or spoken of.
        """
        selection = select(speaker=speaker, stance=stance, state=state, since=since, until=until)
        return self._tabulate("statements", selection, frame, limit)

    def officials(
        self, *, state: Several = None, since: Day = None, until: Day = None, frame: FrameKind = "pandas"
    ) -> Frame:
        """One row for each official, with the columns of the table `officials`, counted over articles of the period."""
        return self._tabulate("officials", select(state=state, since=since, until=until), frame)

    def articles(
        self, *, since: Day = None, until: Day = None, limit: int | None = None, frame: FrameKind = "pandas"
    ) -> Frame:
        """One row for each article, with the columns of the table `articles`; at most `limit` rows."""
        return self._tabulate("articles", select(since=since, until=until), frame, limit)

    def dyads(
        self,
        *,
        actor: Several = None,
        recipient: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        category: Several = None,
        quad_class: Several = None,
        factuality: Several = None,
        frame: FrameKind = "pandas",
    ) -> Frame:
        """Events counted by pair of states, month and quad class, with the columns of the table `dyads`.

        Unless factualities are named, only actual events count.
        """
        selection = select(
            actor=actor, recipient=recipient, state=state, since=since, until=until, category=category,
            quad_class=quad_class, factuality=factuality,
        )  # fmt: skip
        return self._tabulate("dyads", selection, frame)

    def evidence(self, iri: str, *, limit: int | None = 20) -> Evidence:
        """The words behind an event, statement or official (or any agent, or Evidence), at most `limit` passages.

        Raises:
            SettingError: it is no IRI, or nothing of the graph has it.
        """
        if not isinstance(iri, str) or not is_iri(iri):
            raise SettingError(f"{iri!r} is no IRI: give one such as stands in the column Event ID or Statement ID")
        found = (passage for graph in self._graphs.of_subjects([iri]) for passage in find_passages(graph, iri))
        passages = tuple(found if limit is None else islice(found, limit + 1))
        if not passages:
            raise SettingError(f"{self._connection.name} has no event, statement or agent {iri} with words behind it")
        return Evidence(iri, passages[:limit], limit is None or len(passages) <= limit)

    def network(
        self,
        *,
        level: str = "state",
        actor: Several = None,
        recipient: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        category: Several = None,
        quad_class: Several = None,
        factuality: Several = None,
    ) -> nx.MultiDiGraph:
        """Who acts towards whom, as a graph of networkx: `level` is state or official.

        Nodes are states by code, or agents by IRI; an edge stands for the events of one category in one month, its
        `weight` counts them. Unless factualities are named, only actual events count.
        """
        if level not in _LEVELS:
            raise SettingError(f"there is no level {level!r}: use state or official")
        selection = select(
            actor=actor, recipient=recipient, state=state, since=since, until=until, category=category,
            quad_class=quad_class, factuality=factuality,
        )  # fmt: skip
        return build_network(self._events(selection.of_facts()), level=_LEVELS[level])

    def plot_timeline(
        self,
        *,
        by: str = "quad",
        freq: str = "month",
        actor: Several = None,
        recipient: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        category: Several = None,
        quad_class: Several = None,
        factuality: Several = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw how many events there were in each day, week, month, quarter or year (`freq`), as bars.

        `by` divides them: quad, category, factuality, actor, recipient or source. An event is dated by its own date,
        else by the publication of its article; the subtitle says how many are. Unless factualities are named, only
        actual events count. Draws in `ax`, or in a new figure; gives the Axes.
        """
        selection = select(
            actor=actor, recipient=recipient, state=state, since=since, until=until, category=category,
            quad_class=quad_class, factuality=factuality,
        )  # fmt: skip
        frequency = find_frequency(freq)
        if factuality is None and by != "factuality":
            selection = selection.of_facts()
        events = self._events(selection)
        is_bounded = since is not None or until is not None
        return draw_timeline(
            events, by=by, frequency=frequency, about=About.of(selection), is_bounded=is_bounded, ax=ax
        )

    def plot_dyads(
        self,
        *,
        top: int = 20,
        domestic: bool = False,
        actor: Several = None,
        recipient: Several = None,
        state: Several = None,
        since: Day = None,
        until: Day = None,
        category: Several = None,
        quad_class: Several = None,
        factuality: Several = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw what the `top` pairs of states with most events did to each other, as bars by quad class.

        Events within one state count only if `domestic`; unless factualities are named, only actual events count.
        Draws in `ax`, or in a new figure; gives the Axes.
        """
        selection = select(
            actor=actor, recipient=recipient, state=state, since=since, until=until, category=category,
            quad_class=quad_class, factuality=factuality,
        ).of_facts()  # fmt: skip
        return draw_dyads(self._events(selection), top=top, domestic=domestic, about=About.of(selection), ax=ax)

    def __repr__(self) -> str:
        """What it is of."""
        state = "" if self._connection.is_open else ", closed"
        return f"<Graph of {self._connection.name}{state}>"

    def _repr_html_(self) -> str | None:
        """How much it holds and how to go on, for a notebook; None where it is closed."""
        if not self._connection.is_open:
            return None
        return look_over(self._connection.ask_whole, self._connection.name).to_html()

    def _events(self, selection: Selection) -> Iterator[EventRecord]:
        return gather_events(self._graphs.of_table("events", selection), selection)

    def _tabulate(self, name: str, selection: Selection, frame: FrameKind, limit: int | None = None) -> Frame:
        if limit is not None and limit < 0:
            raise SettingError(f"limit={limit} is no number of rows: give 0 or more, or leave it out")
        table = TABLES[name]
        rows = table.rows(self._graphs.of_table(name, selection), selection)
        return tabulate(table, islice(rows, limit), frame)
