"""Every IRI we mint: pure functions from what a thing is to its key, the IRI without the base.

The same input gives the same key on any machine. `kg.settings.Settings.base_iri` + key is the IRI.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.types import Span

REFERENCE_GRAPH = "graph/reference"
VOCABULARY_GRAPH = "graph/vocabulary"
EXAMPLES_GRAPH = "graph/examples"
SHIPPED_GRAPHS = (REFERENCE_GRAPH, VOCABULARY_GRAPH, EXAMPLES_GRAPH)
"""Keys of the graphs that come with the software; nobody may write them."""
EXAMPLES = "examples"
"""Key of the document of example queries."""

OWN_SCHEME = "urn:x-kg:"
"""How IRIs begin that are for our own use, in the journal and in engines; nobody else may write to them."""
DEFAULT_GRAPH = f"{OWN_SCHEME}default"
"""Stands in the journal for the default graph of a plain dataset."""


def slug(name: str) -> str:
    """Lower-case words of `name` joined by hyphens; letters of any script are kept, Latin ones without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain).lower()).strip("-") or digest(name)


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that stand for `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def article_id(url: str | None, text: str) -> str:
    """The ID of an article: from its URL, else from its text."""
    return digest(url or text)


def article(id: str) -> str:
    """Key of an article and of its named graph."""
    return f"article/{id}"


def activity(id: str) -> str:
    """Key of the activity that made an article's graph."""
    return f"activity/{id}"


def software(name: str) -> str:
    """Key of the software, with its version, that made an article's graph."""
    return f"software/{slug(name)}"


def state(iso3: str) -> str:
    """Key of a state."""
    return f"state/{iso3}"


def organization(name: str) -> str:
    """Key of an organization."""
    return f"organization/{slug(name)}"


def person(name: str, article_id: str) -> str:
    """Key of a person; one known by a single word is not taken for a namesake in another article."""
    own = slug(name)
    return f"person/{own}" if " " in name.strip() else f"person/{own}-{article_id}"


def group(article_id: str, span: Span) -> str:
    """Key of an unnamed group, from where it is first named."""
    return f"group/{article_id}-{span.start}-{span.end}"


def post(role: str, state: str | None, organization: str | None) -> str:
    """Key of a post, from its role and the keys of its state and organization."""
    owners = [slug(key.split("/", 1)[1]) for key in (state, organization) if key]
    return "post/" + "-".join([*owners, slug(role)])


def statement(article_id: str, start: int, number: int) -> str:
    """Key of a statement, from where its cue starts and its place among those that start there."""
    return f"statement/{article_id}-{start}" + (f"-{number}" if number else "")


def event(article_id: str, trigger: Span, category: str, number: int) -> str:
    """Key of an event, from its trigger and category and its place among those that share them."""
    return f"event/{article_id}-{trigger.start}-{category.lower()}" + (f"-{number}" if number else "")


def evidence(article_id: str, span: Span) -> str:
    """Key of a span of an article's text."""
    return f"evidence/{article_id}-{span.start}-{span.end}"


def example(name: str) -> str:
    """Key of an example query, from the name of its file."""
    return f"{EXAMPLES}#{name}"
