"""What a host can read without calling a tool: the ontology as Turtle, and the example queries."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.examples import load_examples
from kg.resources import resource

_SCHEME = "geokg://"
_ABOUT = {
    "ontology": "Classes and properties of the graph.",
    "plover": "Event categories, quad classes, modes and contexts, with what they mean.",
    "stance": "What a speaker does in making a statement.",
    "factuality": "How an article presents an event.",
    "kind": "Kinds of organizations.",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A text with an address of its own."""

    uri: str
    name: str
    description: str
    media_type: str
    path: Path

    def read(self) -> str:
        """What it holds."""
        return self.path.read_text("utf-8")


@functools.cache
def load_documents() -> Mapping[str, Document]:
    """All documents by their URIs."""
    vocabularies = [
        Document(f"{_SCHEME}ontology/{name}", f"{name}.ttl", about, "text/turtle", resource("ontology", f"{name}.ttl"))
        for name, about in _ABOUT.items()
    ]
    examples = [
        Document(
            f"{_SCHEME}examples/{one.name}",
            f"{one.name}.rq",
            one.title,
            "application/sparql-query",
            resource("data", "queries", f"{one.name}.rq"),
        )
        for one in load_examples()
    ]
    return MappingProxyType({document.uri: document for document in (*vocabularies, *examples)})
