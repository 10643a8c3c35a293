"""SPARQL that finds the named graphs which may hold something of a selection.

Each pattern is about ?record in ?graph. It lets pass all that `kg.export.selection` takes, and may let pass more: each
record is looked at again when it has been read. What comes from outside is escaped by `kg.sparql_text`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.export.scheme import load_scheme
from kg.export.selection import Selection
from kg.export.solutions import list_iris
from kg.reference import load_states
from kg.sparql_text import to_literal

CLASSES = {
    "events": "kg:Event",
    "dyads": "kg:Event",
    "statements": "kg:Statement",
    "officials": "kg:Official",
    "articles": "kg:Article",
}
"""What each table is made of."""

# From an agent to the states that it is, belongs to or acts for; see `kg.export.agents`.
_STATES = "(kg:partOfState|kg:ofState|kg:represents|(kg:holds/kg:ofState))?/kg:partOfState?/kg:iso3"
# Not every engine takes VALUES without values.
_NOTHING = "FILTER(false)"
_ZONE = '"(Z|[+-][0-9][0-9]:[0-9][0-9])$"'


def graphs_of_table(table: str, selection: Selection, agents: Mapping[str, Sequence[str]]) -> str:
    """SELECT ?graph: where records for a table may be. `agents` are the IRIs of whom the selection names."""
    patterns = {
        "kg:Event": _event_patterns,
        "kg:Statement": _statement_patterns,
        "kg:Official": _period_of_graph,
        "kg:Article": _period_of_graph,
    }[CLASSES[table]]
    return (
        f"SELECT DISTINCT ?graph WHERE {{\n  GRAPH ?graph {{ ?record a {CLASSES[table]} }}\n  "
        + "\n  ".join(patterns(selection, agents))
        + "\n}"
    )


def graphs_of_subjects(iris: Iterable[str]) -> str:
    """SELECT ?graph: where something is said of any of `iris`."""
    listed = list_iris(iris)
    return (
        f"SELECT DISTINCT ?graph WHERE {{ VALUES ?record {{ {listed} }} GRAPH ?graph {{ ?record ?property ?value }} }}"
    )


def more_in_default(of_class: str) -> str:
    """ASK: has the default graph records of a class that no named graph has?"""
    return f"ASK {{ ?record a {of_class} FILTER NOT EXISTS {{ GRAPH ?graph {{ ?record a {of_class} }} }} }}"


def agents_named(names: Iterable[str]) -> str:
    """SELECT ?agent ?name: what bears one of `names` in any graph, in any case."""
    listed = ", ".join(to_literal(fold_case(name)) for name in names)
    folded = 'REPLACE(REPLACE(LCASE(STR(?name)), "ß", "ss"), "ς", "σ")'
    return f"""SELECT DISTINCT ?agent ?name WHERE {{
  GRAPH ?graph {{ ?agent rdfs:label|skos:altLabel ?name }} FILTER({folded} IN ({listed}))
}}"""


def fold_case(name: str) -> str:
    """A name without its case, as near to `str.casefold` as SPARQL comes."""
    return name.lower().replace("ß", "ss").replace("ς", "σ")


def _event_patterns(selection: Selection, agents: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if selection.categories or selection.quad_classes:
        yield _concept("kg:category", "plover", _categories(selection))
    if selection.factualities:
        yield _concept("kg:factuality", "factuality", selection.factualities)
    if selection.states:
        yield _code("(kg:actorState|kg:recipientState)/kg:iso3", selection.states)
    if selection.actors:
        yield _agent("kg:actor", "kg:actorState/kg:iso3", selection.actors, agents)
    if selection.recipients:
        yield _agent("kg:recipient", "kg:recipientState/kg:iso3", selection.recipients, agents)
    yield from _period_of_record(selection, "kg:date")


def _statement_patterns(selection: Selection, agents: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if selection.stances:
        yield _concept("kg:stance", "stance", selection.stances)
    if selection.states:
        yield _code(f"(kg:speaker|kg:addressee|kg:about)/{_STATES}", selection.states)
    if selection.speakers:
        yield _agent("kg:speaker", f"kg:speaker/{_STATES}", selection.speakers, agents)
    yield from _period_of_record(selection, "kg:saidOn")


def _categories(selection: Selection) -> tuple[str, ...]:
    """The categories of both criteria."""
    classes = load_scheme().quad_classes
    return tuple(
        category
        for category in (selection.categories or classes)
        if not selection.quad_classes or classes[category] in selection.quad_classes
    )


def _concept(property: str, scheme: str, names: Iterable[str]) -> str:
    values = " ".join(f"{scheme}:{name}" for name in names)
    concept = f"?{scheme}"
    if not values:
        return _NOTHING
    return f"VALUES {concept} {{ {values} }} GRAPH ?graph {{ ?record {property} {concept} }}"


def _code(path: str, codes: Iterable[str]) -> str:
    """What `path` leads to is one of `codes`."""
    # Some paths lead there in several ways, and only whether they do matters.
    values = " ".join(map(to_literal, codes))
    return (
        f"{{ SELECT DISTINCT ?graph ?record WHERE {{ VALUES ?code {{ {values} }} "
        f"GRAPH ?graph {{ ?record {path} ?code }} }} }}"
    )


def _agent(role: str, path: str, wanted: Iterable[str], agents: Mapping[str, Sequence[str]]) -> str:
    """Someone in `role` is wanted, or a state that `path` leads to."""
    iris = dict.fromkeys(iri for name in wanted for iri in agents.get(name, ()))
    codes = [code for name in wanted if (code := name.upper()) in load_states()]
    ways = [_code(path, codes)] if codes else []
    if iris:
        ways.append(
            f"{{ SELECT DISTINCT ?graph ?record WHERE {{ VALUES ?agent {{ {list_iris(iris)} }} "
            f"GRAPH ?graph {{ ?record {role} ?agent }} }} }}"
        )
    return f"{{ {' UNION '.join(ways)} }}" if ways else _NOTHING


def _period_of_record(selection: Selection, property: str) -> Iterator[str]:
    """The record's own date, or that of its article, which may stand in another graph, is in the period."""
    if selection.since is None and selection.until is None:
        return
    yield f"OPTIONAL {{ GRAPH ?graph {{ ?record {property} ?date }} }}"
    yield (
        "OPTIONAL { GRAPH ?graph { ?record kg:article ?article } "
        "GRAPH ?other { ?article schema:datePublished ?published } }"
    )
    tests = (_in_period(day, selection.since, selection.until) for day in ("?date", "?published"))
    yield f"FILTER({' || '.join(tests)})"


def _period_of_graph(selection: Selection, _: object) -> Iterator[str]:
    """An article that the graph describes was published in the period, as its own or another graph says."""
    if selection.since is None and selection.until is None:
        return
    yield "GRAPH ?graph { ?article a kg:Article } GRAPH ?other { ?article schema:datePublished ?published }"
    yield f"FILTER({_in_period('?published', selection.since, selection.until)})"


def _in_period(day: str, since: dt.date | None, until: dt.date | None) -> str:
    """A date, as precise as it is, is not before `since` nor after `until`: both are cut to its length."""
    plain = f'SUBSTR(REPLACE(STR({day}), {_ZONE}, ""), 1, 10)'
    bounds = ((">=", since), ("<=", until))
    tests = (f'{plain} {sign} SUBSTR("{bound}", 1, STRLEN({plain}))' for sign, bound in bounds if bound)
    return f"({' && '.join(tests)})"
