"""The codebook: what the tables hold, column by column and value by value, as one Markdown page.

It is made of `data/codebook.md`, `data/columns.csv` and the ontology, and stands as `docs/codebook.md`; a test compares
the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.export.named_graph import NamedGraph
from kg.export.table import Column, Table
from kg.export.tables import TABLES
from kg.export.values import SCHEMES, load_values
from kg.resources import resource
from kg.vocab import PREFIXES

_DEFINITION = PREFIXES["skos"] + "definition"
_TITLES = {
    "categories": "Event types",
    "modes": "Event modes",
    "contexts": "Contexts",
    "quad-classes": "Quad codes",
    "factuality": "Factuality",
    "stance": "Stances",
    "sectors": "Sectors",
}


def write_codebook() -> str:
    """The codebook, in Markdown."""
    head = resource("data", "codebook.md").read_text("utf-8")
    return "\n".join([head, *(line for table in TABLES.values() for line in _table(table)), *_terms(), *_values()])


def _table(table: Table) -> Iterator[str]:  # type: ignore[type-arg]
    yield f"## {table.title}\n"
    yield f"{table.meaning} Rows are told apart by {_listed(table.key)}.\n"
    yield "| column | type | meaning | term |"
    yield "|---|---|---|---|"
    yield from (f"| {one.name} | {_type(one)} | {one.meaning}{_link(one)} | {_term(one)} |" for one in table.columns)
    yield ""


def _terms() -> Iterator[str]:
    """The terms of our own that columns come from."""
    graph = NamedGraph.shipped("ontology.ttl")
    terms = sorted({one.term for table in TABLES.values() for one in table.columns if one.term})
    yield "## Terms\n"
    yield "The terms of the ontology that columns come from, `kg:` being <https://w3id.org/geokg/ontology#>.\n"
    yield "| term | definition |"
    yield "|---|---|"
    for term in terms:
        prefix, _, name = term.partition(":")
        definition = graph.one_of(PREFIXES[prefix] + name, _DEFINITION)
        if definition is not None:
            yield f"| `{term}` | {definition} |"
    yield ""


def _values() -> Iterator[str]:
    for scheme in SCHEMES:
        yield f"## {_TITLES[scheme]}\n"
        yield "| value | meaning |"
        yield "|---|---|"
        yield from (f"| {value.name} | {value.meaning} |" for value in load_values(scheme))
        yield ""


def _type(column: Column) -> str:
    return f"{column.type.value}{', many' if column.many else ''}{', never empty' if column.required else ''}"


def _link(column: Column) -> str:
    if column.scheme is None:
        return ""
    title = _TITLES[column.scheme]
    return f" See [{title}](#{title.lower().replace(' ', '-')})."


def _term(column: Column) -> str:
    return f"`{column.term}`" if column.term else ""


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"
