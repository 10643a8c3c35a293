"""One named graph, opened for reading by subject: what its triples say, as plain strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

import pyoxigraph as ox

from kg.resources import resource
from kg.vocab import PREFIXES

Statement = tuple[str, str, str, bool]
"""Subject, predicate and object of a triple, and whether the object is a literal."""

_TYPE = PREFIXES["rdf"] + "type"


class NamedGraph:
    """The triples of one graph; of a subject that it says nothing of, `background` is asked."""

    def __init__(self, iri: str | None, triples: Iterable[Statement], background: NamedGraph | None = None) -> None:
        """A graph of `triples`; its IRI is None where it is the default graph."""
        self.iri = iri
        self._background = background
        self._passed_over: Set[str] = frozenset()
        subjects: dict[str, dict[str, list[tuple[str, bool]]]] = {}
        last, said = None, {}
        for subject, predicate, value, is_literal in triples:
            if subject != last:  # they mostly come sorted
                last, said = subject, subjects.setdefault(subject, {})
            if predicate in said:
                said[predicate].append((value, is_literal))
            else:
                said[predicate] = [(value, is_literal)]
        self._subjects = subjects

    @classmethod
    def parse(cls, iri: str | None, ntriples: bytes, background: NamedGraph | None = None) -> NamedGraph:
        """The graph that N-Triples hold, as the journal keeps them."""
        return cls(iri, map(flatten, ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)), background)

    @classmethod
    def shipped(cls, file: str) -> NamedGraph:
        """A file of `ontology/`."""
        content = resource("ontology", file).read_bytes()
        return cls(None, map(flatten, ox.parse(content, format=ox.RdfFormat.TURTLE)))

    def above(self, backgrounds: Iterable[NamedGraph]) -> NamedGraph:
        """The same, less the subjects that `backgrounds` have, which stand behind it."""
        behind = NamedGraph(None, ())
        for background in backgrounds:
            behind._subjects.update(background._subjects)
        graph = NamedGraph(self.iri, (), behind)
        graph._subjects = {subject: said for subject, said in self._subjects.items() if subject not in behind}
        return graph

    def without(self, records: Set[str]) -> NamedGraph:
        """The same, where `records` are no instances and do not count; what it says of them can still be read."""
        graph = NamedGraph(self.iri, (), self._background)
        graph._subjects = self._subjects
        graph._passed_over = self._subjects.keys() & records
        return graph

    def __contains__(self, subject: str) -> bool:
        """Whether the graph itself says something of `subject`."""
        return subject in self._subjects

    def all_of(self, subject: str, predicate: str) -> list[str]:
        """The values of `predicate`, sorted, so that they come in the same order everywhere."""
        found = self._objects(subject, predicate)
        return sorted(value for value, _ in found) if len(found) > 1 else [value for value, _ in found]

    def one_of(self, subject: str, predicate: str) -> str | None:
        """The first value of `predicate`, None where there is none."""
        found = self._objects(subject, predicate)
        return found[0][0] if len(found) == 1 else min((value for value, _ in found), default=None)

    def literal_of(self, subject: str, predicate: str) -> str | None:
        """The first value of `predicate` that is a literal."""
        return min((value for value, literal in self._objects(subject, predicate) if literal), default=None)

    def resource_of(self, subject: str, predicate: str) -> str | None:
        """The first value of `predicate` that is no literal."""
        return min((value for value, literal in self._objects(subject, predicate) if not literal), default=None)

    def instances_of(self, type_iri: str) -> list[str]:
        """The subjects that the graph itself says are of a class, sorted."""
        found = (subject for subject, said in self._subjects.items() if (type_iri, False) in said.get(_TYPE, ()))
        return sorted(subject for subject in found if subject not in self._passed_over)

    def types_of(self, subject: str) -> set[str]:
        """The classes of `subject`."""
        return {value for value, _ in self._objects(subject, _TYPE)}

    def links(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subject and object of each triple with `predicate`."""
        for subject, said in self._subjects.items():
            for value, _ in said.get(predicate, ()):
                yield subject, value

    def count_to(self, predicate: str, value: str) -> int:
        """How many subjects have `value` for `predicate`."""
        having = (subject for subject, said in self._subjects.items() if (value, False) in said.get(predicate, ()))
        return sum(subject not in self._passed_over for subject in having)

    def _objects(self, subject: str, predicate: str) -> list[tuple[str, bool]]:
        said = self._subjects.get(subject)
        if said is None and self._background is not None:
            return self._background._objects(subject, predicate)
        return said.get(predicate, []) if said else []


def flatten(triple: ox.Triple | ox.Quad) -> Statement:
    """A triple of the engine as strings; blank nodes by their labels."""
    value = triple.object
    is_literal = isinstance(value, ox.Literal)
    return triple.subject.value, triple.predicate.value, value.value, is_literal  # type: ignore[union-attr]
