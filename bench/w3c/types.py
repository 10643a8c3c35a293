"""The tests, as their manifests have them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GraphData:
    """A document to be loaded, and the graph it goes into; no name is the default graph."""

    document: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class QueryTest:
    """A query over some graphs, and the document that has its right answer; `lax` where REDUCED may drop solutions."""

    iri: str
    name: str
    query: str
    data: tuple[GraphData, ...]
    result: str
    lax: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What a response must be. `statuses` are names as 2xx or NotFound; what is None is not looked at."""

    statuses: tuple[str, ...]
    form: str | None = None
    boolean: bool | None = None
    remark: str | None = None
    media_type: str | None = None
    body: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the manifest has it: its path is that of an imagined service."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    expected: Expected


@dataclass(frozen=True, slots=True)
class RequestTest:
    """Requests, one after the other, over some graphs."""

    iri: str
    name: str
    data: tuple[GraphData, ...]
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class DescriptionTest:
    """Something that a service description must be; the IRI says what."""

    iri: str
    name: str
