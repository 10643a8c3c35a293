"""Statements as a table, one row each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.export import party_columns as party
from kg.export.article_table import source_of
from kg.export.named_graph import NamedGraph
from kg.export.periods import Period
from kg.export.records import StatementRecord
from kg.export.selection import STATEMENT_CRITERIA, Selection
from kg.export.statements import find_statements
from kg.export.table import Table, as_date

_Reader = Callable[[StatementRecord], Any]


def gather_statements(graphs: Iterable[NamedGraph], selection: Selection) -> Iterator[StatementRecord]:
    """The statements of a selection, graph after graph."""
    return (one for graph in graphs for one in find_statements(graph) if selection.takes_statement(one))


def _sentence(name: str) -> _Reader:
    """A field of the first words that make the statement."""
    return lambda statement: getattr(statement.evidence[0], name) if statement.evidence else None


def _bound(name: str) -> _Reader:
    """The first or last day of the statement's own date."""
    return lambda statement: getattr(Period.parse(statement.said_on), name, None)


STATEMENTS: Table[StatementRecord] = Table(
    name="statements",
    title="Statements",
    meaning="One row for each statement of the graph: who said what, in which words.",
    key=("Statement ID",),
    criteria=STATEMENT_CRITERIA,
    readers={
        "Statement ID": lambda statement: statement.iri,
        "Said On": lambda statement: statement.said_on,
        "Stance": lambda statement: statement.stance,
        "Speaker Name": lambda statement: party.list_names(statement.speakers),
        "Speaker Country": lambda statement: party.list_states(statement.speakers),
        "Speaker COW": lambda statement: party.list_cow(party.list_states(statement.speakers)),
        "Primary Speaker Sector": lambda statement: party.first_sector(statement.speakers),
        "Speaker Title": lambda statement: party.list_titles(statement.speakers),
        "Addressee Name": lambda statement: party.list_names(statement.addressees),
        "About": lambda statement: party.list_names(statement.about),
        "About Country": lambda statement: party.list_states(statement.about),
        "Quote": lambda statement: " … ".join(statement.quotes) or None,
        "Sentence": _sentence("text"),
        "Sentence Start": _sentence("start"),
        "Sentence End": _sentence("end"),
        "Sentence ID": _sentence("iri"),
        "Reports": lambda statement: statement.reports,
        "Enacts": lambda statement: statement.enacts,
        "Disputes": lambda statement: statement.disputes,
        "Confidence": lambda statement: statement.confidence,
        "Source": lambda statement: source_of(statement.article),
        "Publication Date": lambda statement: as_date(statement.article.published),
        "Article URL": lambda statement: statement.article.url,
        "Article ID": lambda statement: statement.article.iri,
        "Headline": lambda statement: statement.article.headline,
        "Date From": _bound("first"),
        "Date To": _bound("last"),
        "Speaker ID": lambda statement: party.list_ids(statement.speakers),
        "Version": lambda statement: statement.article.version,
    },
    gather=gather_statements,
)
