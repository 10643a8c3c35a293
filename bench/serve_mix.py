"""The mix of questions: the ten of `data/queries` over all articles, and six that people ask of such data.

Each comes in one text that stays, and in any number of texts of which no two are alike, as one asks for another state,
day or name. What is asked of all articles stays so: it leaves two names out, or starts at some day.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).parents[1] / "data" / "queries"

_PREFIXES = """\
PREFIX kg: <https://w3id.org/geokg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>

"""
_OWN = {
    "dyad table": """\
SELECT ?other ?category (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event kg:actorState/kg:iso3 "%(state)s" ; kg:recipientState/kg:iso3 ?other ; kg:category/skos:notation ?category .
  FILTER (?other != "%(other)s")
}
GROUP BY ?other ?category
ORDER BY DESC(?events) ?other ?category
""",
    "timeline": """\
SELECT ?date ?what ?trigger ?words ?event WHERE {
  ?event kg:actorState/kg:iso3 "%(state)s" ; kg:date ?date ; kg:category/skos:notation ?what ; kg:trigger ?trigger ;
    kg:evidence/oa:exact ?words .
  FILTER (STR(?date) >= "%(day)s")
}
ORDER BY STR(?date) ?event ?words
LIMIT 100
""",
    "who said what": """\
SELECT ?stance ?words ?article WHERE {
  ?statement kg:speaker/rdfs:label "%(person)s" ; kg:stance/skos:notation ?stance ; kg:article ?article ;
    kg:evidence/oa:exact ?words .
  FILTER NOT EXISTS { ?statement kg:saidOn ?day FILTER (STR(?day) < "%(day)s") }
}
ORDER BY ?article ?words ?stance
LIMIT 100
""",
    "counts by month": """\
SELECT ?month (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event kg:date ?date ; (kg:actorState|kg:recipientState)/kg:iso3 "%(state)s" .
  FILTER (STR(?date) >= "%(day)s")
}
GROUP BY (SUBSTR(STR(?date), 1, 7) AS ?month)
ORDER BY ?month
""",
    "label search": """\
SELECT DISTINCT ?agent ?label WHERE {
  ?agent rdfs:label|skos:altLabel ?label .
  FILTER (CONTAINS(LCASE(?label), "%(word)s") && !CONTAINS(?label, "%(other)s"))
}
ORDER BY ?label ?agent
LIMIT 50
""",
    "heavy aggregate": """\
SELECT ?state ?stance (COUNT(DISTINCT ?statement) AS ?statements) (AVG(?confidence) AS ?sure) WHERE {
  ?statement kg:speaker ?speaker ; kg:stance/skos:notation ?stance ; kg:confidence ?confidence .
  ?speaker (kg:represents|kg:ofState|kg:partOfState)?/kg:iso3 ?state .
  FILTER (?state NOT IN ("%(state)s", "%(other)s"))
}
GROUP BY ?state ?stance
ORDER BY ?state ?stance
""",
}
_WHERE = re.compile(r"WHERE \{\n")
_ACTS = re.compile(r"^<\S+/event/\S+> <\S+#actorState> <\S+/state/([A-Z]{3})>")
_KNOWN = re.compile(r'^<\S+/state/\w+> <\S+#iso3> "([A-Z]{3})"')
_PERSON = re.compile(r'^<\S+/person/\S+> <\S+rdf-schema#label> "([^"\\]+ [^"\\]+)"')
_AGENT = re.compile(r'^<\S+/(?:person|organization|group)/\S+> <\S+rdf-schema#label> "([^"\\]+)"')
_FIRST_DAY = dt.date(2000, 1, 1)
_DAYS = 9000
_TRIES = 1000


@dataclass(frozen=True, slots=True)
class Names:
    """What may stand in a question: states that act and all that are known, by their codes; agents by name."""

    states: tuple[str, ...]
    known: tuple[str, ...]
    people: tuple[str, ...]
    agents: tuple[str, ...]


def find_names(union: Path) -> Names:
    """The states and people in a file of N-Triples."""
    found: tuple[set[str], ...] = (set(), set(), set(), set())
    with union.open(encoding="utf-8") as lines:
        for line in lines:
            for names, pattern in zip(found, (_ACTS, _KNOWN, _PERSON, _AGENT), strict=True):
                if match := pattern.match(line):
                    names.add(match[1])
    return Names(*(tuple(sorted(names)) for names in found))


def _not_in(variable: str, *parts: str) -> Callable[[str], str]:
    """Leaves two names out."""
    names = ", ".join(f'"%({part})s"' for part in parts)
    return lambda text: _WHERE.sub(f"WHERE {{\n  FILTER ({variable} NOT IN ({names}))\n", text, count=1)


def _instead(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


_STATES, _PEOPLE = ("state", "other"), ("person", "someone")
# What makes each of the ten another question.
_VARIED: Mapping[str, Callable[[str], str]] = {
    "01-states": _not_in("?iso3", *_STATES),
    "02-officials": _not_in("?name", *_PEOPLE),
    "03-groups": _not_in("?group", *_PEOPLE),
    "04-condemned": _not_in("?speaker", *_PEOPLE),
    "05-pledges": _instead('"USA" "KOR"', '"%(state)s" "%(other)s"'),
    "06-acts-between-two": _instead(
        '("PRK" "RUS") ("RUS" "PRK")', '("%(state)s" "%(other)s") ("%(other)s" "%(state)s")'
    ),
    "07-timeline": lambda text: _WHERE.sub('WHERE {\n  FILTER (STR(?date) >= "%(day)s")\n', text, count=1),
    "08-declined-to-confirm": _not_in("?official", *_PEOPLE),
    "09-sentences": _not_in("?sentence", *_PEOPLE),
    "10-dyads": _not_in("?actor", *_STATES),
}
_FIXED = {
    "state": "USA",
    "other": "RUS",
    "person": "Joe Biden",
    "someone": "Xi Jinping",
    "word": "minister",
    "day": "2010-01-01",
}


def _ten() -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in sorted(QUERIES.glob("*.rq"))}


def repeated() -> dict[str, str]:
    """The text of each question, by kind."""
    return _ten() | {kind: _PREFIXES + text % _FIXED for kind, text in _OWN.items()}


def distinct(names: Names, seed: int) -> Iterator[dict[str, str]]:
    """Texts of each question, by kind, without end; no text comes twice."""
    ten = {kind: _VARIED[kind](text.replace("%", "%%")) for kind, text in _ten().items()}
    texts = ten | {kind: _PREFIXES + text for kind, text in _OWN.items()}
    draw = random.Random(seed)
    given: set[str] = set()
    while True:
        one = {kind: _unlike(given, text, names, draw) for kind, text in texts.items()}
        given.update(one.values())
        yield one


def least(count: int, seed: int) -> Iterator[dict[str, str]]:
    """The least that can be asked, in `count` texts; other texts for another seed."""
    return ({"least": f"SELECT ({seed * count + number} AS ?x) {{}}"} for number in range(count))


def shuffled(texts: Mapping[str, str], draw: random.Random) -> list[tuple[str, str]]:
    """One round of the mix: each question once."""
    return draw.sample(sorted(texts.items()), len(texts))


def _unlike(given: set[str], text: str, names: Names, draw: random.Random) -> str:
    for _ in range(_TRIES):
        if (drawn := text % _draw(names, draw)) not in given:
            return drawn
    raise ValueError(f"there are too few names to ask this in ever new words: {text}")


def _draw(names: Names, draw: random.Random) -> dict[str, str]:
    state = draw.choice(names.states)
    someone = draw.choice(names.agents)
    return {
        "state": state,
        # Half of the pairs have something to do with each other.
        "other": draw.choice([other for other in draw.choice((names.states, names.known)) if other != state]),
        "person": draw.choice(names.people),
        "someone": someone,
        "word": draw.choice(someone.split()).lower(),
        "day": (_FIRST_DAY + dt.timedelta(draw.randrange(_DAYS))).isoformat(),
    }
