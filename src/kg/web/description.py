"""Rows of ?s ?p ?o (?label) -> what is said of each thing, for the pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib.namespace import RDF, RDFS

from kg.vocab import KG, OA, SCHEMA
from kg.web.table import Kind, Row, Term

_LABELS = (str(RDFS.label), str(SCHEMA.headline), str(OA.exact), str(KG.role))
_WORDS = {"iso3": "ISO 3166-1 code", "hiddenLabel": "demonym", "sameAs": "same as"}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Ref:
    """Something a page names and links to."""

    iri: str
    label: str


def name_of(iri: str) -> str:
    """The last part of an IRI, for a term without a label."""
    return re.split(r"[#/]", iri.rstrip("/#"))[-1] or iri


def words_of(iri: str) -> str:
    """The name of a property as words: `said on`."""
    name = name_of(iri)
    return _WORDS.get(name) or _HUMP.sub(" ", name).lower()


@dataclass(frozen=True, slots=True)
class Description:
    """Objects by subject and predicate, and labels by IRI."""

    objects: Mapping[str, Mapping[str, tuple[Term, ...]]]
    labels: Mapping[str, str]

    def of(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """The objects of a subject and predicate, in the order of the rows."""
        return self.objects.get(subject, {}).get(str(predicate), ())

    def value(self, subject: str, predicate: str) -> str | None:
        """The first of them, as a string."""
        return next((term.value for term in self.of(subject, predicate)), None)

    def refs(self, subject: str, predicate: str) -> tuple[Ref, ...]:
        """The objects that are IRIs, each with its label, in the order of these."""
        found = [self.ref(term.value) for term in self.of(subject, predicate) if term.kind is Kind.IRI]
        return tuple(sorted(found, key=lambda ref: (ref.label, ref.iri)))

    def ref(self, iri: str) -> Ref:
        """`iri` with its label, or else its name."""
        return Ref(iri, self.label(iri) or name_of(iri))

    def label(self, iri: str) -> str | None:
        """What `iri` is called, where that is known."""
        return self.labels.get(iri)

    def subjects(self, type_: str) -> tuple[str, ...]:
        """The subjects of class `type_`, in the order of the rows."""
        return tuple(s for s in self.objects if any(t.value == str(type_) for t in self.of(s, RDF.type)))


def describe(rows: Iterable[Row], more_labels: Iterable[Row] = ()) -> Description:
    """What `rows` say, with labels from rows of ?s ?label. Of several labels of one thing the fullest stands."""
    objects: dict[str, dict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
    labels: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        subject, predicate, term = row["s"].value, row["p"].value, row["o"]
        objects[subject][predicate][term] = None
        if predicate in _LABELS:
            labels[subject].append(term.value)
        if label := row.get("label"):
            labels[term.value].append(label.value)
    for row in more_labels:
        labels[row["s"].value].append(row["label"].value)
    return Description(
        {s: {p: tuple(terms) for p, terms in found.items()} for s, found in objects.items()},
        {iri: _fullest(names) for iri, names in labels.items()},
    )


def _fullest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (-len(name), name))
