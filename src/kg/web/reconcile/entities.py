"""What the graph says of an agent, and what `data/` knows beyond it -> the agent with all its names and facts."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.reference import (
    Leader,
    State,
    load_foreign_state_names,
    load_leaders,
    load_native_names,
    load_state_phrases,
    load_states,
)
from kg.vocab import KG, WIKIDATA
from kg.web.description import words_of
from kg.web.reconcile.forms import to_form

Value = TypeVar("Value")

PEOPLE = (str(KG.Official), str(KG.Person))
_STATE, _ORGANIZATION = str(KG.State), str(KG.Organization)
CLASSES = (_STATE, *PEOPLE, _ORGANIZATION)
"""The classes of agents that names are reconciled to; the first of these that an agent is says what it is shown as."""

CODES = ("iso2", "iso3", "wikidata")
"""The properties of which no two agents have the same value."""

_WITHOUT_BLANKS = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "KHMER", "LAO", "MYANMAR", "TIBETAN"))
_PLAIN_FORMS = ("name", "abbreviation")


class NameKind(StrEnum):
    """How well a name stands for its agent: a `hint`, such as a demonym, only leads to it; a code must be exact."""

    MAIN = "main"
    OTHER = "other"
    FOREIGN = "foreign"
    CODE = "code"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of one property of `kg.web.reconcile.properties`; `iri` where it is an agent of the graph."""

    property: str
    value: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Another agent as far as a fact needs it."""

    class_: str
    label: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An agent. `label` is its fullest name; `classes` the most special first."""

    iri: str
    classes: tuple[str, ...]
    label: str
    names: tuple[tuple[str, NameKind], ...]
    facts: tuple[Fact, ...]


Said = Mapping[str, tuple[str, ...]]
"""Values by property, of one subject."""


def read_entity(iri: str, said: Said, others: Mapping[str, Named]) -> Entity | None:
    """The agent of which `said` tells, where it may speak of `others`; None where it is no agent or nameless."""
    types = said.get(str(RDF.type), ())
    classes = tuple(class_ for class_ in CLASSES if class_ in types)
    main = sorted(said.get(str(RDFS.label), ()), key=lambda name: (-len(name), name))
    if not (classes and main):
        return None
    state = load_states().get(next(iter(said.get(str(KG.iso3), ())), "")) if classes[0] == _STATE else None
    names = dict.fromkeys(main[1:], NameKind.OTHER) | dict.fromkeys(said.get(str(SKOS.altLabel), ()), NameKind.OTHER)
    names |= dict.fromkeys(said.get(str(SKOS.hiddenLabel), ()), NameKind.HINT)
    if state:
        names = dict(_names_of_state(state)) | names
    if classes[0] in PEOPLE:
        names = dict(_names_of_person((main[0], *names))) | dict.fromkeys(names, NameKind.OTHER)
        names = {name: kind if is_full_name(name) else NameKind.HINT for name, kind in names.items()}
    names |= {main[0]: NameKind.MAIN if state or is_full_name(main[0]) or classes[0] not in PEOPLE else NameKind.HINT}
    facts = (*_facts_of(said, others), *(_facts_of_state(state) if state else ()))
    return Entity(iri, classes, main[0], tuple(names.items()), tuple(dict.fromkeys(facts)))


def is_full_name(name: str) -> bool:
    """Whether `name`, of a person, is more than a surname or given name, which many people share.

    Some scripts put no blanks between the words of a name.
    """
    return len(name.split()) > 1 or "-" in name or unicodedata.name(name[:1] or " ", "").split()[0] in _WITHOUT_BLANKS


def _names_of_state(state: State) -> Iterator[tuple[str, NameKind]]:
    for name, form in _phrases().get(state.iso3, ()):
        yield name, NameKind.OTHER if form in _PLAIN_FORMS else NameKind.HINT
    for capital in state.capitals:
        yield capital, NameKind.HINT
    for name in _foreign_names().get(state.iso3, ()):
        yield name, NameKind.FOREIGN
    yield state.iso2, NameKind.CODE
    yield state.iso3, NameKind.CODE


def _names_of_person(names: Iterable[str]) -> Iterator[tuple[str, NameKind]]:
    """Other names of the known leader who has one of `names`."""
    known = _leaders()
    leader = next((known[key] for key in map(_key_of, names) if key in known), None)
    if leader:
        yield from ((name, NameKind.OTHER) for name in (leader.name, *leader.alt_names))
        yield from ((name, NameKind.FOREIGN) for name in load_native_names().get(leader.name, ()))


def _key_of(name: str) -> str:
    form = to_form(name)
    return form.whole if len(form.tokens) > 1 else ""


@functools.cache
def _leaders() -> Mapping[str, Leader]:
    others = {name: Leader(name, "", ()) for name in load_native_names()}
    everybody = (others | load_leaders()).values()
    return {_key_of(name): leader for leader in everybody for name in (leader.name, *leader.alt_names)}


@functools.cache
def _phrases() -> Mapping[str, tuple[tuple[str, str], ...]]:
    return _group((iso3, (name, form)) for name, iso3, form in load_state_phrases())


@functools.cache
def _foreign_names() -> Mapping[str, tuple[str, ...]]:
    return _group((iso3, name) for iso3, name, _ in load_foreign_state_names())


def _group(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _facts_of(said: Said, others: Mapping[str, Named]) -> Iterator[Fact]:
    for iri in (*said.get(str(KG.represents), ()), *said.get(str(KG.partOfState), ())):
        if other := others.get(iri):
            yield Fact("state" if other.class_ == _STATE else "organization", other.label, iri)
    # Articles write one office in several ways: President, president.
    roles = {role.casefold(): role for role in reversed(said.get(str(KG.role), ()))}
    yield from (Fact("role", role) for role in roles.values())
    yield from (Fact("kind", words_of(kind).replace("_", " ")) for kind in said.get(str(KG.kind), ()))
    yield from (Fact("wikidata", iri.removeprefix(str(WIKIDATA))) for iri in said.get(str(OWL.sameAs), ()))


def _facts_of_state(state: State) -> Iterator[Fact]:
    values = {
        "iso3": state.iso3,
        "iso2": state.iso2,
        "officialName": state.official_name,
        "region": state.region,
        "subregion": state.subregion,
    }
    yield from (Fact(property_, value) for property_, value in values.items() if value)
    yield from (Fact("capital", capital) for capital in state.capitals)
