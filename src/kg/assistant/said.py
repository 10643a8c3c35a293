"""What the graph says of some things, read at once: triples by subject and property, with what names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.assistant.bounds import MAX_TEXT, MAX_TRIPLES
from kg.assistant.source import Source
from kg.sparql_text import to_iri
from kg.vocab import KG, OA, PREFIXES, SCHEMA

LABEL = f"{PREFIXES['rdfs']}label"
TYPE = f"{PREFIXES['rdf']}type"

# What a thing is called, or what it says: enough to name whatever a fact points to.
_NAMING = (
    LABEL, KG.role, KG.iso3, KG.trigger, KG.quote, OA.exact, OA.start, OA.end, KG.article,
    SCHEMA.headline, SCHEMA.url, SCHEMA.datePublished, SCHEMA.publisher,
)  # fmt: skip
_TITLE = 80


class Said:
    """Values by subject and property, each once, in the order in which they came."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self._values: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))

    def add(self, subject: str, property_: str, value: str) -> None:
        """Take in one triple."""
        self._values[subject][property_][value] = None

    def knows(self, subject: str) -> bool:
        """Whether anything is said of `subject`."""
        return subject in self._values

    def values(self, subject: str, property_: str) -> tuple[str, ...]:
        """What `subject` has as `property_`; nothing where it has none."""
        return tuple(self._values[subject][property_]) if subject in self._values else ()

    def value(self, subject: str, property_: str) -> str | None:
        """The longest value, which of names is the fullest form; None where there is none."""
        return max(self.values(subject, property_), key=lambda value: (len(value), value), default=None)

    def objects(self, *properties: str) -> tuple[str, ...]:
        """All values of `properties`, of whatever subject."""
        found = (value for said in self._values.values() for name in properties for value in said.get(name, ()))
        return tuple(dict.fromkeys(found))

    def properties(self, subject: str) -> tuple[str, ...]:
        """The properties that `subject` has, by name."""
        return tuple(sorted(self._values[subject])) if subject in self._values else ()


def list_iris(iris: Iterable[str]) -> str:
    """SPARQL: `iris`, as they stand in VALUES; what is no IRI is left out."""
    return " ".join(to_iri(iri) for iri in dict.fromkeys(iris) if is_iri(iri))


def is_iri(text: str) -> bool:
    """True where `text` is an absolute IRI, as far as its characters go."""
    try:
        to_iri(text)
    except ValueError:
        return False
    return ":" in text


def read_said(source: Source, said: Said, iris: Iterable[str], properties: Iterable[str] = ()) -> None:
    """Add to `said` what is said of `iris`, by `properties` or by all of them, the texts of articles left out.

    Raises:
        KgError: it cannot be asked.
    """
    subjects = list_iris(iris)
    if not subjects:
        return
    names = [to_iri(str(name)) for name in properties]
    wanted = f"?p IN ({', '.join(names)})" if names else f"?p != {to_iri(str(KG.text))}"
    pattern = source.within(f"VALUES ?s {{ {subjects} }} ?s ?p ?o FILTER({wanted})")
    rows = source.select(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} LIMIT {MAX_TRIPLES}")
    for row in rows:
        said.add(row["s"], row["p"], row["o"])


def read_names(source: Source, said: Said, iris: Iterable[str]) -> None:
    """Add to `said` what `iris` are called; an article without a headline is called by the first words of its text.

    Raises:
        KgError: it cannot be asked.
    """
    iris = tuple(iri for iri in dict.fromkeys(iris) if is_iri(iri))
    read_said(source, said, iris, map(str, _NAMING))
    articles = {iri for one in iris for iri in (one, *said.values(one, str(KG.article)))}
    unnamed = list_iris(
        iri for iri in sorted(articles) if not said.value(iri, str(SCHEMA.headline)) and not said.value(iri, LABEL)
    )
    if unnamed:
        pattern = source.within(f"VALUES ?s {{ {unnamed} }} ?s kg:text ?text")
        rows = source.select(f"SELECT DISTINCT ?s (SUBSTR(?text, 1, {_TITLE}) AS ?words) WHERE {{ {pattern} }}")
        for row in rows:
            words = " ".join(row["words"].split())
            said.add(row["s"], str(SCHEMA.headline), f"{words.rpartition(' ')[0] or words} …")


def name_of(said: Said, iri: str) -> str:
    """What `iri` is called, else its last part."""
    for property_ in (LABEL, SCHEMA.headline, KG.role, OA.exact, KG.trigger, KG.quote):
        if name := said.value(iri, str(property_)):
            return name[:MAX_TEXT]
    return iri.rstrip("/").rpartition("#" if "#" in iri else "/")[2] or iri
