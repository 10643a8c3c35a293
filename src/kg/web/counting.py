"""The SPARQL that counts what is there. Right where a triple comes once, and, where it says so, where it comes often.

Each function gives the text of one query.
"""

from __future__ import annotations

from kg.sparql_text import PREFIX_LINES, to_literal

MAX_GRAPHS = 100
MAX_PARTITIONS = 2000
_CLASSES = ("kg:Article", "kg:State", "kg:Organization", "kg:Official", "kg:Statement", "kg:Event")


def _triples(*, distinct: bool) -> str:
    return "{ SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }" if distinct else "?s ?p ?o"


def properties(*, distinct: bool) -> str:
    """SELECT ?p ?triples ?subjects ?objects: every property."""
    return f"""SELECT ?p (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
WHERE {{ {_triples(distinct=distinct)} }} GROUP BY ?p ORDER BY DESC(?triples) LIMIT {MAX_PARTITIONS}"""


def subjects() -> str:
    """SELECT ?n: how many things have a triple."""
    return "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"


def objects() -> str:
    """SELECT ?n: how many things and values are in a triple's end."""
    return "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }"


def entities(base_iri: str) -> str:
    """SELECT ?n: how many things under `base_iri` are of some class."""
    return f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a ?c FILTER(STRSTARTS(STR(?s), {to_literal(base_iri)})) }}"


def articles() -> str:
    """SELECT ?n ?first ?last: how many articles, and when the oldest and the newest were published."""
    return f"""{PREFIX_LINES}SELECT ?n ?first ?last WHERE {{
  {{ SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a kg:Article }} }}
  {{ SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE {{
    ?s a kg:Article ; schema:datePublished ?published BIND(STR(?published) AS ?day) }} }} }}"""


def classes() -> str:
    """SELECT ?c ?n: every class, and how many things are of it."""
    return f"SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a ?c }} GROUP BY ?c LIMIT {MAX_PARTITIONS}"


def properties_of_classes(*, distinct: bool) -> str:
    """SELECT ?c ?p ?triples: every property of every class."""
    pattern = "{ SELECT DISTINCT ?c ?s ?p ?o WHERE { ?s a ?c ; ?p ?o } }" if distinct else "?s a ?c ; ?p ?o"
    return f"SELECT ?c ?p (COUNT(*) AS ?triples) WHERE {{ {pattern} }} GROUP BY ?c ?p LIMIT {MAX_PARTITIONS}"


def other_graphs() -> str:
    """SELECT ?g ?n: graphs that no article made, with how many triples they have."""
    return f"""{PREFIX_LINES}SELECT ?g (COUNT(*) AS ?n) WHERE {{
  {{ SELECT ?g WHERE {{ GRAPH ?g {{ }} FILTER NOT EXISTS {{ GRAPH ?g {{ ?g a kg:Article }} }} }}
     ORDER BY ?g LIMIT {MAX_GRAPHS} }}
  GRAPH ?g {{ ?s ?p ?o }}
}} GROUP BY ?g ORDER BY ?g"""


def examples(base_iri: str) -> str:
    """SELECT ?s: one thing under `base_iri` of each of our classes that has one."""
    ours = f"FILTER(STRSTARTS(STR(?s), {to_literal(base_iri)}))"
    parts = [f"{{ SELECT ?s WHERE {{ ?s a {class_} {ours} }} LIMIT 1 }}" for class_ in _CLASSES]
    return f"{PREFIX_LINES}SELECT DISTINCT ?s WHERE {{ {' UNION '.join(parts)} }}"
