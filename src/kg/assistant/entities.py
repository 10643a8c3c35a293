"""The tool `find_entity`: who or what a name means, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from kg.assistant import arguments as given
from kg.assistant.bounds import MAX_EACH, first, shorten
from kg.assistant.concepts import notation_of
from kg.assistant.graph import Graph
from kg.assistant.names import NAMED, Entity, Match, Names, Type
from kg.assistant.parts import Ref, to_refs
from kg.assistant.patterns import speaking, taking_part
from kg.assistant.said import Said, is_iri, name_of, read_names, read_said
from kg.assistant.source import Source
from kg.vocab import KG, PREFIXES

_ALIAS = f"{PREFIXES['skos']}altLabel"
_MATCHES = {
    Match.IRI: "IRI",
    Match.CODE: "code",
    Match.NAME: "name",
    Match.OTHER_NAME: "other name",
    Match.METONYM: "capital or seat of government",
    Match.PART: "part of a name",
    Match.SIMILAR: "similar name",
}
_TYPES = {Type.PERSON: (Type.OFFICIAL, Type.PERSON)}  # of a type that others belong to
_TOLD = (_ALIAS, KG.holds, KG.represents, KG.kind, KG.partOfState, KG.ofState, KG.confidence)
_OF_POSTS = (KG.role, KG.ofState, KG.ofOrganization)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindEntity:
    """What is looked for."""

    __pydantic_config__ = given.STRICT

    name: Annotated[
        given.Name,
        Field(
            description="A name or part of one, in any case, with or without accents, perhaps misspelt; "
            "or an ISO 3166-1 alpha-3 code in capitals, or an IRI."
        ),
    ]
    type: Annotated[
        Literal["state", "organization", "official", "person", "group"] | None,
        Field(
            description="Only such: `official` are persons who hold or held public office, `person` are all persons; "
            "`group` are unnamed people, such as protesters, and is searched only when asked for."
        ),
    ] = None
    limit: given.Limit = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An office, and of which state or organization."""

    iri: str
    role: str
    of: tuple[Ref, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A state, organization, person or group. `statements` and `events` count what it says and takes part in.

    `match` says how the name was found. What a state's officials and public bodies say counts for the state too.
    """

    iri: str
    type: Type
    label: str
    match: str
    iso3: str | None = None
    kind: str | None = None
    other_names: tuple[str, ...] | None = None
    posts: tuple[Post, ...] | None = None
    represents: tuple[Ref, ...] | None = None
    of_state: tuple[Ref, ...] | None = None
    statements: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityList:
    """The best match first; `shown` of `total`."""

    shown: int
    total: int
    hint: str | None = None
    entities: tuple[Found, ...] = ()


def find_entity(graph: Graph, asked: FindEntity) -> EntityList:
    """Who may be meant.

    Raises:
        KgError: the graph cannot be asked.
    """
    found, total = _search(graph.names, asked)
    return EntityList(
        shown=len(found),
        total=total,
        hint=_advise(found, total, asked),
        entities=_describe(graph.source, found),
    )


def _search(names: Names, asked: FindEntity) -> tuple[tuple[Entity, ...], int]:
    type_ = Type(asked.type) if asked.type else None
    types = _TYPES.get(type_, (type_,)) if type_ else NAMED
    if "://" in asked.name:
        entity = names.get(asked.name) if is_iri(asked.name) else None
        return ((entity,), 1) if entity else ((), 0)
    return names.search(asked.name, types, asked.limit)


def _advise(found: tuple[Entity, ...], total: int, asked: FindEntity) -> str | None:
    if not found:
        kind = asked.type or "state, organization, official or person"
        return f"no {kind} has this name, nor anything like it; try another form or spelling, or fewer words"
    if found[0].match is Match.SIMILAR:
        return "nothing is called so; these names are similar"
    if total > len(found):
        return f"{total - len(found)} more fit: say more of the name, give a type, or raise limit"
    return None


def _describe(source: Source, entities: tuple[Entity, ...]) -> tuple[Found, ...]:
    """Each with its posts and what it stands for, and how much is known of it."""
    iris = [entity.iri for entity in entities]
    said = Said()
    read_said(source, said, iris, _TOLD)
    posts = said.objects(str(KG.holds))
    read_said(source, said, posts, _OF_POSTS)
    pointed = (KG.represents, KG.partOfState, KG.ofState, KG.ofOrganization)
    read_names(source, said, said.objects(*map(str, pointed)))
    statements, events = (_count(source, pattern, iris) for pattern in (speaking, taking_part))
    return tuple(_to_found(said, entity, statements, events) for entity in entities)


def _count(source: Source, pattern: Callable[[Iterable[str]], str], iris: list[str]) -> dict[str, int]:
    """How many facts each of `iris` has."""
    if not iris:
        return {}
    where = source.within(pattern(iris))
    rows = source.select(f"SELECT ?party (COUNT(DISTINCT ?fact) AS ?n) WHERE {{ {where} }} GROUP BY ?party")
    return {row["party"]: int(row["n"]) for row in rows if "party" in row}


def _to_found(said: Said, entity: Entity, statements: dict[str, int], events: dict[str, int]) -> Found:
    iri = entity.iri
    names = (shorten(name) for name in sorted(said.values(iri, _ALIAS)) if name != entity.label)
    return Found(
        iri=iri,
        type=entity.type,
        label=shorten(entity.label),
        match=_MATCHES[entity.match],
        iso3=entity.iso3,
        kind=notation_of(said.value(iri, str(KG.kind))),
        other_names=first(names),
        posts=tuple(_to_post(said, post) for post in said.values(iri, str(KG.holds))[:MAX_EACH]) or None,
        represents=to_refs(said, said.values(iri, str(KG.represents))),
        of_state=to_refs(said, (*said.values(iri, str(KG.partOfState)), *said.values(iri, str(KG.ofState)))),
        statements=statements.get(iri, 0),
        events=events.get(iri, 0),
    )


def _to_post(said: Said, iri: str) -> Post:
    of = (*said.values(iri, str(KG.ofState)), *said.values(iri, str(KG.ofOrganization)))
    return Post(iri=iri, role=shorten(name_of(said, iri)), of=to_refs(said, of))
