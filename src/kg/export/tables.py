"""Every table there is, by name."""

from __future__ import annotations

from typing import Any

from kg.export import party_columns as party
from kg.export.article_table import ARTICLES
from kg.export.dyads import count_dyads
from kg.export.event_table import EVENTS, gather_events
from kg.export.officials import gather_officials
from kg.export.records import DyadRecord, OfficialRecord
from kg.export.scheme import quad_code
from kg.export.selection import EVENT_CRITERIA
from kg.export.statement_table import STATEMENTS
from kg.export.table import Table, as_date

OFFICIALS: Table[OfficialRecord] = Table(
    name="officials",
    title="Officials",
    meaning="One row for each person who holds or held public office, with what all articles together say of them. "
    "A name is all that tells people apart.",
    key=("Official ID",),
    criteria=("since", "until", "states"),
    readers={
        "Official ID": lambda official: official.iri,
        "Name": lambda official: official.name,
        "Other Names": lambda official: official.names,
        "Country": lambda official: official.states,
        "COW": lambda official: party.list_cow(official.states),
        "Titles": lambda official: official.titles,
        "Organizations": lambda official: official.organizations,
        "Articles": lambda official: official.articles,
        "Statements": lambda official: official.statements,
        "Acts": lambda official: official.acts,
        "Received": lambda official: official.received,
        "First Published": lambda official: as_date(official.first),
        "Last Published": lambda official: as_date(official.last),
        "Confidence": lambda official: official.confidence,
    },
    gather=gather_officials,
    counts_all=True,
)

DYADS: Table[DyadRecord] = Table(
    name="dyads",
    title="Dyads by month",
    meaning="Events counted by actor state, recipient state, month and quad class. Unless a factuality is asked for, "
    "only actual events count. An event of several states counts for each pair; where those who act do so with each "
    "other (CONSULT, COOPERATE) and no recipient is named, each of them stands with each other in both directions.",
    key=("Actor Country", "Recipient Country", "Month", "Dated By", "Quad Code"),
    criteria=EVENT_CRITERIA,
    readers={
        "Actor Country": lambda dyad: dyad.actor,
        "Actor COW": lambda dyad: party.list_cow([dyad.actor or ""]),
        "Recipient Country": lambda dyad: dyad.recipient,
        "Recipient COW": lambda dyad: party.list_cow([dyad.recipient or ""]),
        "Month": lambda dyad: dyad.month,
        "Dated By": lambda dyad: dyad.dated_by,
        "Quad Code": lambda dyad: quad_code(dyad.quad_class),
        "Count": lambda dyad: dyad.count,
        "Mean Intensity": lambda dyad: round(dyad.score, 4),
    },
    gather=lambda graphs, selection: (
        dyad
        for dyad in count_dyads(gather_events(graphs, selection.of_facts()))
        if selection.takes_pair(dyad.actor, dyad.recipient)
    ),
)

TABLES: dict[str, Table[Any]] = {table.name: table for table in (EVENTS, STATEMENTS, OFFICIALS, ARTICLES, DYADS)}
