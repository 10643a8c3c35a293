"""Typed links by which machines find their way, in headers and in the heads of pages.

Web Linking, RFC 8288; https://signposting.org/FAIR/; link relations for services, RFC 8631.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from kg.web.negotiation import GRAPHS, HTML, Format

OFFERS = (HTML, *GRAPHS)
LICENSE = "https://www.apache.org/licenses/LICENSE-2.0"
_ABOUT_PAGE = "https://schema.org/AboutPage"
_TYPES = {
    "article": "https://schema.org/NewsArticle",
    "state": "https://schema.org/Country",
    "organization": "https://schema.org/Organization",
    "person": "https://schema.org/Person",
}


@dataclass(frozen=True, slots=True)
class Signpost:
    """A link from what is answered: where to, what that is to it, and in which media type."""

    href: str
    rel: str
    type: str | None = None


def to_header(signposts: Iterable[Signpost]) -> str:
    """The Link header that holds them."""
    return ", ".join(f'<{s.href}>; rel="{s.rel}"' + (f'; type="{s.type}"' if s.type else "") for s in signposts)


def signs_of_formats(name: str, format: Format) -> tuple[Signpost, ...]:
    """From a document in `format` to the others with the same last part of the address, `name`."""
    name = quote(name, safe="")
    alternates = [Signpost(name + other.suffix, "alternate", other.media_type) for other in OFFERS]
    if format is not HTML:
        return (*alternates, Signpost(name + HTML.suffix, "describes", HTML.media_type))
    return (*alternates, *(Signpost(name + other.suffix, "describedby", other.media_type) for other in GRAPHS))


def signs_of_instance(kind: str, iri: str, format: Format, *, root: str) -> tuple[Signpost, ...]:
    """From what is said of the instance `iri`: what it is, how to cite it, and the data that it is part of."""
    types = [_TYPES[kind]] if kind in _TYPES else []
    types += [_ABOUT_PAGE] if format is HTML else []
    return (
        *(Signpost(type_, "type") for type_ in types),
        Signpost(quote(iri, safe=":/#"), "cite-as"),
        Signpost(f"{root}.well-known/void", "collection"),
    )


def signs_of_document(iri: str) -> tuple[Signpost, ...]:
    """From a vocabulary or another document of ours: how to cite it, and its licence."""
    return Signpost(iri, "cite-as"), Signpost(LICENSE, "license")


def signs_of_home(root: str) -> tuple[Signpost, ...]:
    """From the way in: what describes the data and the service."""
    return (
        Signpost(_ABOUT_PAGE, "type"),
        *(Signpost(f"{root}.well-known/void{other.suffix}", "describedby", other.media_type) for other in GRAPHS),
        Signpost(f"{root}openapi.json", "service-desc", "application/json"),
        *(Signpost(f"{root}sparql", "service-desc", other.media_type) for other in GRAPHS[:1]),
        Signpost(f"{root}.well-known/void", "service-doc", HTML.media_type),
        *(Signpost(f"{root}{name}", "item") for name in ("ontology", "shapes", "examples", "graph/reference")),
    )
