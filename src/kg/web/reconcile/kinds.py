"""The types of agents and the properties that they have, as clients choose among them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from rdflib.namespace import OWL, SKOS

from kg.folding import fold
from kg.vocab import KG
from kg.web.reconcile.identifiers import to_class, to_class_id
from kg.web.vocabularies import list_entries

_STATE, _OFFICIAL, _PERSON, _ORGANIZATION = map(str, (KG.State, KG.Official, KG.Person, KG.Organization))
_SHOWN = (_STATE, _OFFICIAL, _PERSON, _ORGANIZATION)
WIKIDATA_SERVICE = "https://wikidata.reconci.link/en/api"
"""Where values of the property `wikidata` are entities: the reconciliation service of Wikidata."""


class Source(StrEnum):
    """Where the values of a property come from."""

    FACT = "fact"
    NAME = "name"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of agents: its identifier and name, and the identifiers of those that it is directly a part of."""

    id: str
    name: str
    description: str
    broader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A property of agents of `classes`; `value_class` is that of values that are agents, `term` its IRI, if any."""

    id: str
    name: str
    description: str
    classes: tuple[str, ...] = _SHOWN
    source: Source = Source.FACT
    value_class: str | None = None
    term: str | None = None


PROPERTIES = (
    Property("iso3", "ISO 3166-1 alpha-3 code", "Three letters: DEU.", (_STATE,), term=str(KG.iso3)),
    Property("iso2", "ISO 3166-1 alpha-2 code", "Two letters: DE.", (_STATE,)),
    Property("wikidata", "Wikidata entity", "The same in Wikidata.", (_STATE, _ORGANIZATION), term=str(OWL.sameAs)),
    Property("officialName", "official name", "What a state calls itself in English.", (_STATE,)),
    Property(
        "alternativeName",
        "alternative name",
        "Other names in English and in articles.",
        source=Source.NAME,
        term=str(SKOS.altLabel),
    ),
    Property(
        "foreignName",
        "name in other languages",
        "Names in many languages and scripts.",
        (_STATE, _OFFICIAL, _PERSON),
        Source.NAME,
    ),
    Property("capital", "capital", "The capital of a state.", (_STATE,), term=str(KG.capital)),
    Property("region", "region", "Region of the world, by UN M49.", (_STATE,)),
    Property("subregion", "subregion", "Part of a region, by UN M49.", (_STATE,)),
    Property("role", "role", "Offices that an official holds or held.", (_OFFICIAL,), term=str(KG.role)),
    Property(
        "state",
        "state",
        "The state that an official represents, or to which a body belongs.",
        (_OFFICIAL, _ORGANIZATION),
        value_class=_STATE,
        term=str(KG.represents),
    ),
    Property(
        "organization",
        "organization",
        "The organization that an official represents.",
        (_OFFICIAL,),
        value_class=_ORGANIZATION,
    ),
    Property("kind", "kind of organization", "Party, company, military …", (_ORGANIZATION,), term=str(KG.kind)),
    Property("statements", "number of statements", "Made by them or by who represents them.", source=Source.COUNT),
    Property("events", "number of events", "In which they or their state act or are acted upon.", source=Source.COUNT),
    Property("articles", "number of articles", "That speak of them.", source=Source.COUNT),
)
_BY_NAME = {name: one for one in PROPERTIES for name in (one.id, one.term) if name}
_BROADER = {_OFFICIAL: (_PERSON,)}


@functools.cache
def list_kinds() -> tuple[Kind, ...]:
    """The types, with what the ontology says of each."""
    said = {entry.iri: entry.definition or "" for entry in list_entries("ontology")}
    return tuple(
        Kind(to_class_id(iri), to_class_id(iri), said.get(iri, ""), tuple(map(to_class_id, _BROADER.get(iri, ()))))
        for iri in _SHOWN
    )


def find_property(id: str) -> Property | None:
    """The property that goes by `id`: its own, or the IRI of its term, whole or as `kg:role`."""
    id = id.strip()
    return _BY_NAME.get(id) or _BY_NAME.get(to_class(id))


def find_kind(id: str) -> Kind | None:
    """The type that goes by `id`."""
    return next((kind for kind in list_kinds() if kind.id == to_class_id(to_class(id))), None)


def properties_of(class_: str | None) -> tuple[Property, ...]:
    """The properties that agents of a class have; all where none is given. A Person may be an Official."""
    if class_ is None:
        return PROPERTIES
    wanted = {class_, _OFFICIAL} if class_ == _PERSON else {class_, *_BROADER.get(class_, ())}
    return tuple(one for one in PROPERTIES if wanted & set(one.classes))


Shown = TypeVar("Shown", Kind, Property)


def begin_with(prefix: str, things: Iterable[Shown]) -> Sequence[Shown]:
    """Those of `things` a word of whose name begins so, or that go by just that identifier."""
    asked = fold(prefix)
    named = [one for one in things if one.id in (prefix.strip(), to_class_id(to_class(prefix)))]
    return named or [one for one in things if _has_beginning(asked, one.id) or _has_beginning(asked, one.name)]


def _has_beginning(asked: str, name: str) -> bool:
    name = fold(name)
    return name.startswith(asked) or any(word.startswith(asked) for word in name.split())
