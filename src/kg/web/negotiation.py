"""Which format answers a request: by Accept (RFC 9110, 12.5.1), by the names clients put in parameters, by suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Format:
    """A format we write. `aliases` are other media types that clients ask for it by, `names` its short names."""

    label: str
    media_type: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """What an address of this format ends in."""
        return "." + self.names[0]


JSON = Format("JSON", "application/sparql-results+json", ("json", "srj"), ("application/json",))
XML = Format("XML", "application/sparql-results+xml", ("xml", "srx"), ("application/xml", "text/xml"))
CSV = Format("CSV", "text/csv", ("csv",))
TSV = Format("TSV", "text/tab-separated-values", ("tsv",))
TURTLE = Format(
    "Turtle", "text/turtle", ("ttl", "turtle", "n3"), ("application/x-turtle", "text/n3", "text/rdf+n3")
)  # fmt: skip
NTRIPLES = Format("N-Triples", "application/n-triples", ("nt", "ntriples", "n-triples"), ("text/plain",))
RDFXML = Format(
    "RDF/XML", "application/rdf+xml", ("rdf", "rdfxml", "rdf+xml", "xml"), ("application/xml", "text/xml")
)  # fmt: skip
JSONLD = Format("JSON-LD", "application/ld+json", ("jsonld", "json-ld", "json"), ("application/json",))
HTML = Format("HTML", "text/html", ("html",), ("application/xhtml+xml",))

RESULTS = (JSON, XML, CSV, TSV)
GRAPHS = (TURTLE, JSONLD, NTRIPLES, RDFXML)

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


@dataclass(frozen=True, slots=True)
class MediaRange:
    """One part of an Accept header: `type` and `subtype` may be `*`; `quality` lies in [0, 1]."""

    type: str
    subtype: str
    quality: float


def parse_accept(header: str) -> tuple[MediaRange, ...]:
    """The media ranges of an Accept header; those that are none are left out."""
    return tuple(found for part in header.split(",") if (found := _parse_range(part)))


def _parse_range(part: str) -> MediaRange | None:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    type_, slash, subtype = name.partition("/")
    if not (type_ and slash and subtype):
        return None
    weights = [value.strip() for key, _, value in (p.partition("=") for p in parameters) if key.strip() == "q"]
    if weights and not _QUALITY.fullmatch(weights[0]):
        return None
    return MediaRange(type_, subtype, float(weights[0]) if weights else 1.0)


def choose(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The offer that `accept` likes best, the first of equals; None where it likes none. No header likes all."""
    if not accept:
        return offers[0]
    qualities: dict[str, float] = {}
    for wanted in parse_accept(accept):
        name = f"{wanted.type}/{wanted.subtype}"
        qualities[name] = max(wanted.quality, qualities.get(name, 0.0))
    best = max(offers, key=lambda offer: _quality(offer, qualities))
    return best if _quality(best, qualities) > 0 else None


def _quality(offer: Format, qualities: Mapping[str, float]) -> float:
    """The quality of an offer: by the most specific range for its own type, or by name for an alias."""
    type_ = offer.media_type.partition("/")[0]
    own = next((qualities[name] for name in (offer.media_type, f"{type_}/*", "*/*") if name in qualities), 0.0)
    return max(own, *(qualities.get(name, 0.0) for name in offer.aliases), 0.0)


def find_by_name(names: Iterable[str], offers: Sequence[Format]) -> Format | None:
    """The offer that the first known of `names` means: a short name or a media type."""
    for name in names:
        for offer in offers:
            if name.lower() in (*offer.names, offer.media_type, *offer.aliases):
                return offer
    return None


def split_suffix(name: str, offers: Sequence[Format]) -> tuple[str, Format | None]:
    """`name` without the suffix of one of our formats, and that format."""
    for offer in offers:
        if name.endswith(offer.suffix):
            return name.removesuffix(offer.suffix), offer
    return name, None


def get_accept(request: Request) -> str | None:
    """The Accept header of a request, several of them as one."""
    return ",".join(request.headers.getlist("accept")) or None


def list_formats(offers: Iterable[Format]) -> str:
    """The media types of `offers`, for a person who asked for another."""
    return ", ".join(dict.fromkeys(offer.media_type for offer in offers))
