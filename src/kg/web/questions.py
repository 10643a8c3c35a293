"""The SPARQL our own pages ask. Arguments are IRIs of instances and words of a person; both are escaped here.

Each function gives the text of one query. Where a page shows lines with labels, rows are ?s ?p ?o and ?label, the
label of ?o.
"""

from __future__ import annotations

from kg.web.sparql_text import PREFIX_LINES, to_iri, to_literal

MAX_TRIPLES = 10_000
MAX_PAGE_TRIPLES = 100_000

_LABEL = """
  OPTIONAL {{ {thing} rdfs:label ?name }} OPTIONAL {{ {thing} schema:headline ?headline }}
  OPTIONAL {{ {thing} oa:exact ?words }} OPTIONAL {{ {thing} kg:role ?role }}
  OPTIONAL {{ {thing} kg:evidence/oa:exact ?sentence }}
  BIND(COALESCE(?name, ?headline, ?words, ?role, ?sentence) AS ?label)
"""


def exists(iri: str) -> str:
    """ASK: is anything said of `iri`, or in it?"""
    it = to_iri(iri)
    return f"ASK {{ {{ {it} ?p ?o }} UNION {{ ?s ?p {it} }} UNION {{ GRAPH {it} {{ ?s ?p ?o }} }} }}"


def construct_graph(iri: str) -> str:
    """CONSTRUCT: the named graph `iri`, whole."""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {to_iri(iri)} {{ ?s ?p ?o }} }}"


def construct_description(iri: str) -> str:
    """CONSTRUCT: what is said of `iri`, and what points to it, so many triples."""
    it = to_iri(iri)
    return f"""CONSTRUCT {{ {it} ?p ?o . ?s ?q {it} }} WHERE {{
  {{ SELECT ?p ?o WHERE {{ {it} ?p ?o }} LIMIT {MAX_TRIPLES} }} UNION
  {{ SELECT ?s ?q WHERE {{ ?s ?q {it} }} LIMIT {MAX_TRIPLES} }} }}"""


def triples_of_graph(iri: str) -> str:
    """SELECT: the triples of the named graph `iri`."""
    return f"SELECT ?s ?p ?o WHERE {{ GRAPH {to_iri(iri)} {{ ?s ?p ?o }} }} LIMIT {MAX_PAGE_TRIPLES}"


def things_in_graph(iri: str, *, limit: int) -> str:
    """SELECT ?s ?label: what the named graph `iri` speaks of."""
    return f"""{PREFIX_LINES}SELECT DISTINCT ?s ?label WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{ GRAPH {to_iri(iri)} {{ ?s ?p ?o }} }} LIMIT {limit} }} {_LABEL.format(thing="?s")}
}} ORDER BY ?label ?s"""


def said_of(iri: str) -> str:
    """SELECT: the triples whose subject is `iri`, the text of an article left out."""
    return f"""{PREFIX_LINES}SELECT ?s ?p ?o ?label WHERE {{
  {{ SELECT ?p ?o WHERE {{ {to_iri(iri)} ?p ?o FILTER(?p != kg:text) }} LIMIT {MAX_TRIPLES} }}
  BIND({to_iri(iri)} AS ?s) {_LABEL.format(thing="?o")}
}} ORDER BY ?p ?label ?o"""


def pointing_to(iri: str, *, limit: int) -> str:
    """SELECT ?s ?p ?label: the triples whose object is `iri`; here the label is that of ?s."""
    return f"""{PREFIX_LINES}SELECT ?s ?p ?label WHERE {{
  {{ SELECT ?s ?p WHERE {{ ?s ?p {to_iri(iri)} }} LIMIT {limit} }} {_LABEL.format(thing="?s")}
}} ORDER BY ?p ?label ?s"""


def people_for(iri: str, *, limit: int) -> str:
    """SELECT ?s ?label ?post: who represents `iri`, and by which office."""
    it = to_iri(iri)
    return f"""{PREFIX_LINES}SELECT DISTINCT ?s ?label ?post WHERE {{
  ?s kg:represents {it} ; rdfs:label ?label .
  OPTIONAL {{ ?s kg:holds ?office . ?office kg:role ?post . ?office kg:ofState|kg:ofOrganization {it} }}
}} ORDER BY ?label ?post LIMIT {limit}"""


def statements_by(iri: str, *, limit: int) -> str:
    """SELECT: the newest statements of `iri` and of those who represent it, each with ?when."""
    it = to_iri(iri)
    who = f"{{ ?s kg:speaker {it} }} UNION {{ ?person kg:represents {it} . ?s kg:speaker ?person }}"
    return _newest(who, "kg:saidOn", limit)


def events_with(iri: str, *, limit: int) -> str:
    """SELECT: the newest events in which `iri` acts or is acted upon, each with ?when."""
    return _newest(f"?s kg:actor|kg:recipient|kg:actorState|kg:recipientState {to_iri(iri)}", "kg:date", limit)


def _newest(pattern: str, date: str, limit: int) -> str:
    return f"""{PREFIX_LINES}SELECT ?s ?when ?p ?o ?label WHERE {{
  {{ SELECT ?s (MAX(?date) AS ?when) WHERE {{
    {pattern} OPTIONAL {{ ?s {date} ?own }} OPTIONAL {{ ?s kg:article/schema:datePublished ?published }}
    BIND(STR(COALESCE(?own, ?published, "")) AS ?date)
  }} GROUP BY ?s ORDER BY DESC(?when) ?s LIMIT {limit} }}
  ?s ?p ?o . {_LABEL.format(thing="?o")}
}}"""


def counts() -> str:
    """SELECT ?class ?count: how many articles, statements and events there are, and states that articles speak of."""
    classes = ("kg:Article", "kg:Statement", "kg:Event")
    parts = [f"{{ SELECT ({c} AS ?class) (COUNT(*) AS ?count) WHERE {{ ?x a {c} }} }}" for c in classes]
    states = "GRAPH ?g { ?g a kg:Article . ?x a kg:State }"
    parts.append(f"{{ SELECT (kg:State AS ?class) (COUNT(DISTINCT ?x) AS ?count) WHERE {{ {states} }} }}")
    return f"{PREFIX_LINES}SELECT ?class ?count WHERE {{ {' UNION '.join(parts)} }}"


def newest_articles(*, limit: int) -> str:
    """SELECT ?s ?label ?when: articles, the last published first."""
    return f"""{PREFIX_LINES}SELECT ?s (SAMPLE(?headline) AS ?label) (MAX(STR(?published)) AS ?when) WHERE {{
  ?s a kg:Article OPTIONAL {{ ?s schema:headline ?headline }} OPTIONAL {{ ?s schema:datePublished ?published }}
}} GROUP BY ?s ORDER BY DESC(?when) ?label LIMIT {limit}"""


def states_by_mentions(*, limit: int) -> str:
    """SELECT ?s ?label ?articles: states, those that most articles speak of first."""
    return f"""{PREFIX_LINES}SELECT ?s (SAMPLE(?name) AS ?label) (MAX(?n) AS ?articles) WHERE {{
  {{ SELECT ?s (COUNT(?g) AS ?n) WHERE {{ GRAPH ?g {{ ?s a kg:State . ?g a kg:Article }} }} GROUP BY ?s }}
  ?s rdfs:label ?name
}} GROUP BY ?s ORDER BY DESC(?articles) ?label LIMIT {limit}"""


def named_like(words: str, *, limit: int) -> str:
    """SELECT ?s ?label ?type: agents and articles with `words` in a name or headline, in any case."""
    wanted = to_literal(words.lower())
    return f"""{PREFIX_LINES}SELECT ?s (SAMPLE(?label_) AS ?label) (SAMPLE(?type_) AS ?type) WHERE {{
  VALUES ?type_ {{ kg:State kg:Organization kg:Official kg:Person kg:OfficialGroup kg:Group kg:Article }}
  ?s rdfs:label|skos:altLabel|schema:headline ?name FILTER(CONTAINS(LCASE(STR(?name)), {wanted}))
  ?s a ?type_ ; rdfs:label|schema:headline ?label_
}} GROUP BY ?s ORDER BY STRLEN(?label) ?label ?s LIMIT {limit}"""


CONSTRUCT_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""CONSTRUCT: the default graph, whole."""


def holds_triples(iri: str) -> str:
    """ASK: is there anything in the named graph `iri`?"""
    return f"ASK {{ GRAPH {to_iri(iri)} {{ ?s ?p ?o }} }}"
