"""Identifiers of agents and classes as they go over the wire, and the IRIs that they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from kg.vocab import KG

SCHEMA_SPACE = str(KG._NS)


@dataclass(frozen=True, slots=True)
class Identifiers:
    """An agent goes by its IRI without `base_iri`; that is understood too."""

    base_iri: str

    def to_id(self, iri: str) -> str:
        """What stands for the agent `iri`: `state/USA`."""
        return iri.removeprefix(self.base_iri)

    def to_iri(self, id: str) -> str:
        """The IRI that `id` stands for."""
        id = id.strip()
        return id if id.startswith(self.base_iri) else self.base_iri + id


def to_class_id(iri: str) -> str:
    """What stands for the class `iri`: `State`.

    The whole IRI would do, but OpenRefine (3.6) asks for the properties of a type without encoding its identifier, and
    what comes after a # would be lost.
    """
    return iri.removeprefix(SCHEMA_SPACE)


def to_class(id: str) -> str:
    """The IRI of the class that `id` stands for: an IRI, `kg:State` or `State`."""
    id = id.strip()
    return id if "//" in id else SCHEMA_SPACE + id.removeprefix("kg:")
