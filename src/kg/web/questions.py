"""The SPARQL our own pages ask. Arguments are IRIs of instances and words of a person; both are escaped here.

Each function gives the text of one query. Where a page shows lines with labels, rows are ?s ?p ?o and ?label, the
label of ?o.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.sparql_text import PREFIX_LINES, to_iri

MAX_TRIPLES = 10_000
MAX_PAGE_TRIPLES = 100_000
MAX_TITLE = 80

_LABEL = """
  OPTIONAL {{ {thing} rdfs:label ?name }} OPTIONAL {{ {thing} schema:headline ?headline }}
  OPTIONAL {{ {thing} oa:exact ?words }} OPTIONAL {{ {thing} kg:role ?role }}
  OPTIONAL {{ {thing} kg:evidence/oa:exact ?sentence }}
  BIND(COALESCE(?name, ?headline, ?words, ?role, ?sentence) AS ?label)
"""

# What an article without a headline is called.
_BEGINNING = f"""?s kg:text ?text FILTER NOT EXISTS {{{{ ?s schema:headline ?given }}}}
  BIND(CONCAT(REPLACE(SUBSTR(?text, 1, {MAX_TITLE}), "\\\\s+\\\\S*$", ""), " …") AS {{label}})"""


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


def said_by(iri: str) -> str:
    """SELECT ?s ?own ?published: the statements of `iri`, of those who represent it and of its public bodies."""
    it = to_iri(iri)
    return _dated(
        f"""{{ ?s kg:speaker {it} }} UNION {{ ?who kg:represents {it} . ?s kg:speaker ?who }}
    UNION {{ ?who a kg:OfficialGroup ; kg:ofState {it} . ?s kg:speaker ?who }}
    UNION {{ ?who kg:partOfState {it} ; kg:kind ?kind FILTER(?kind IN (kind:government, kind:military))
      ?s kg:speaker ?who }}""",
        "kg:saidOn",
    )


def done_by(iri: str) -> str:
    """SELECT ?s ?own ?published: the events in which `iri` acts, or one who represents it."""
    return _dated(_taking_part(iri, "kg:actor", "kg:actorState"), "kg:date")


def done_to(iri: str) -> str:
    """SELECT ?s ?own ?published: the events in which `iri` is acted upon, or one who represents it."""
    return _dated(_taking_part(iri, "kg:recipient", "kg:recipientState"), "kg:date")


def _taking_part(iri: str, role: str, state_behind: str) -> str:
    it = to_iri(iri)
    return f"""{{ ?s {role} {it} }} UNION {{ ?s {state_behind} {it} }}
    UNION {{ ?who kg:represents {it} . ?s {role} ?who }}"""


def _dated(pattern: str, date: str) -> str:
    """Not put in order here: the engine needs twice as long to sort as to find."""
    return f"""{PREFIX_LINES}SELECT ?s ?own ?published WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{ {pattern} }} }}
  OPTIONAL {{ ?s {date} ?own }} OPTIONAL {{ ?s kg:article ?article . ?article schema:datePublished ?published }}
}}"""


def parts_of(iris: Iterable[str]) -> str:
    """SELECT ?s ?p ?o: what makes a line of each of the statements and events `iris`."""
    return f"""{PREFIX_LINES}SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {_list(iris)} }} ?s ?p ?o FILTER(?p IN (
  kg:stance, kg:category, kg:speaker, kg:addressee, kg:actor, kg:actorState, kg:recipient, kg:recipientState,
  kg:evidence, kg:article, kg:factuality, kg:date, kg:saidOn)) }}"""


def labels_of(iris: Iterable[str]) -> str:
    """SELECT ?s ?label: what `iris` are called."""
    return f"""{PREFIX_LINES}SELECT ?s ?label WHERE {{
  VALUES ?s {{ {_list(iris)} }}
  {{ ?s rdfs:label|schema:headline|oa:exact|kg:role ?label }} UNION {{ {_BEGINNING.format(label="?label")} }} }}"""


def _list(iris: Iterable[str]) -> str:
    return " ".join(map(to_iri, iris))


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
  {{ SELECT ?s ?published WHERE {{ ?s a kg:Article OPTIONAL {{ ?s schema:datePublished ?published }} }}
     ORDER BY DESC(STR(?published)) LIMIT {limit} }}
  OPTIONAL {{ {{ ?s schema:headline ?headline }} UNION {{ {_BEGINNING.format(label="?headline")} }} }}
}} GROUP BY ?s ORDER BY DESC(?when) ?label"""


def states_by_mentions(*, limit: int) -> str:
    """SELECT ?s ?label ?articles: states, those that most articles speak of first."""
    return f"""{PREFIX_LINES}SELECT ?s (SAMPLE(?name) AS ?label) (MAX(?n) AS ?articles) WHERE {{
  {{ SELECT ?s (COUNT(?g) AS ?n) WHERE {{ GRAPH ?g {{ ?s a kg:State . ?g a kg:Article }} }} GROUP BY ?s }}
  ?s rdfs:label ?name
}} GROUP BY ?s ORDER BY DESC(?articles) ?label LIMIT {limit}"""


CONSTRUCT_DEFAULT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
"""CONSTRUCT: the default graph, whole."""


def holds_triples(iri: str) -> str:
    """ASK: is there anything in the named graph `iri`?"""
    return f"ASK {{ GRAPH {to_iri(iri)} {{ ?s ?p ?o }} }}"


def names(classes: Iterable[str]) -> str:
    """SELECT ?s ?p ?o: which things are of `classes`, how anything is called, and when articles were published."""
    return f"""{PREFIX_LINES}SELECT ?s ?p ?o WHERE {{
  {{ VALUES ?o {{ {_list(classes)} }} ?s rdf:type ?o BIND(rdf:type AS ?p) }} UNION
  {{ VALUES ?p {{ rdfs:label skos:altLabel skos:hiddenLabel schema:headline schema:datePublished }} ?s ?p ?o }} UNION
  {{ {_BEGINNING.format(label="?o")} BIND(schema:headline AS ?p) }}
}}"""


def agents(classes: Iterable[str]) -> str:
    """SELECT ?s ?p ?o: which things are of `classes`, how anything is called, whom it represents, in which role."""
    return f"""{PREFIX_LINES}SELECT ?s ?p ?o WHERE {{
  {{ VALUES ?o {{ {_list(classes)} }} ?s rdf:type ?o BIND(rdf:type AS ?p) }} UNION
  {{ VALUES ?p {{ rdfs:label skos:altLabel skos:hiddenLabel kg:iso3 kg:kind kg:partOfState kg:represents owl:sameAs }}
     ?s ?p ?o }} UNION
  {{ ?s kg:holds ?post . ?post kg:role ?o BIND(kg:role AS ?p) }}
}}"""


def count_statements(iris: Iterable[str]) -> str:
    """SELECT ?s ?n: how many statements each of `iris` made, or who represents it."""
    return _count(iris, "?x kg:speaker ?s", "?who kg:represents ?s . ?x kg:speaker ?who")


def count_events(iris: Iterable[str]) -> str:
    """SELECT ?s ?n: in how many events each of `iris` takes part, or stands behind who does."""
    return _count(iris, *(f"?x kg:{role} ?s" for role in ("actor", "recipient", "actorState", "recipientState")))


def count_articles(iris: Iterable[str]) -> str:
    """SELECT ?s ?n: how many articles speak of each of `iris`."""
    return _count(iris, "GRAPH ?x { ?s rdf:type kg:Agent . ?x rdf:type kg:Article }")


def _count(iris: Iterable[str], *patterns: str) -> str:
    """The things stand in each pattern, so that no engine looks for all that fits the pattern first."""
    things = _list(iris)
    parts = " UNION ".join(f"{{ VALUES ?s {{ {things} }} {pattern} }}" for pattern in patterns)
    return f"{PREFIX_LINES}SELECT ?s (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {parts} }} GROUP BY ?s"


def sentences_about(iri: str, *, limit: int) -> str:
    """SELECT ?sentence ?article ?headline ?when: words of articles on what `iri` said, did or met, of so many facts."""
    it = to_iri(iri)
    facts = " UNION ".join(
        f"{{ ?s kg:{role} {it} }}" for role in ("speaker", "actor", "recipient", "actorState", "recipientState")
    )
    return f"""{PREFIX_LINES}SELECT DISTINCT ?sentence ?article ?headline ?when WHERE {{
  {{ SELECT DISTINCT ?s WHERE {{ {facts} }} LIMIT {limit} }}
  ?s kg:evidence/oa:exact ?sentence ; kg:article ?article .
  OPTIONAL {{ ?article schema:headline ?headline }} OPTIONAL {{ ?article schema:datePublished ?when }} }}"""
