"""What an assistant calls somebody -> who that is: an IRI, an ISO 3166-1 code, or a name in any of its forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.assistant.bounds import MAX_EACH, shorten
from kg.assistant.graph import Graph
from kg.assistant.names import NAMED, Entity, Match, Names, Type
from kg.assistant.parts import Ref, Understood
from kg.assistant.said import is_iri

_MOST_NEAREST = 5
_MOST_OF_A_NAME = 80
_MOST_OF_ONE_NAME = 500
_EVERY = tuple(Type)


@dataclass(frozen=True, slots=True)
class Party:
    """Whom an argument means: the IRIs of all who are called so; where there are none, a `hint` says who is near."""

    argument: str
    given: str
    entities: tuple[Entity, ...]
    iris: tuple[str, ...]
    hint: str | None = None

    @property
    def understood(self) -> Understood:
        """The same, for the answer."""
        labels = {one.iri: one.label for one in self.entities}
        refs = (Ref(iri, shorten(labels.get(iri, iri))) for iri in self.iris[:MAX_EACH])
        more = len(self.iris) - MAX_EACH
        return Understood(self.argument, self.given, tuple(refs), more if more > 0 else None)


def find_party(graph: Graph, argument: str, given: str) -> Party:
    """Whom the argument called `argument` means by `given`; of an IRI nothing need be known.

    Raises:
        KgError: the names cannot be read.
    """
    if "://" in given and is_iri(given):
        return Party(argument, given, (), (given,))
    names = graph.names
    found = names.find_code(given) or names.find_exact(given)
    if not found:
        whole = [one for one in names.find_part(given) if one.type in NAMED]
        found = tuple(whole) if len(whole) == 1 else ()
    if found:
        return Party(argument, given, found, tuple(one.iri for one in found[:_MOST_OF_ONE_NAME]))
    return Party(argument, given, (), (), suggest(names, argument, given))


def suggest(names: Names, argument: str, given: str, types: Sequence[Type] = _EVERY) -> str:
    """What to say where nobody is called so: who may be meant."""
    near, total = names.search(given, types, _MOST_NEAREST)
    if not near:
        return f"{argument}: nobody is called {_quote(given)}, nor anything like it; try find_entity with another name"
    listed = "; ".join(f"{_quote(one.label)} <{one.iri}>" for one in near)
    if near[0].match is Match.SIMILAR:
        return f"{argument}: nobody is called {_quote(given)}; nearest: {listed}"
    return (
        f"{argument}: {_quote(given)} is part of {total} names, the most prominent: {listed};"
        " call again with the IRI of the one that is meant"
    )


def _quote(words: str) -> str:
    """`words`, which may be a stranger's, in one line and short, so that they pass for nothing but a name."""
    return f"'{shorten(' '.join(words.split()), _MOST_OF_A_NAME)}'"
