"""What every route shares, made once by `create_app` and handed to each by a dependency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Protocol

import anyio
import jinja2
from fastapi import Depends
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from kg.settings import Settings
from kg.types import Document, Refusal, Report, Written
from kg.web.derived import Derived
from kg.web.documents import Documents
from kg.web.export_process import ExportSlots
from kg.web.front import Front
from kg.web.names import Names
from kg.web.pages import links_for, render
from kg.web.querier import Querier
from kg.web.reconcile.register import Register
from kg.web.spool import Room
from kg.web.statistics import Statistics


class Outcome(Protocol):
    """What became of one document: its article's IRI, durably stored, or a refusal and perhaps the report behind it."""

    @property
    def article_iri(self) -> str | None:
        """The IRI, where the article is stored."""

    @property
    def refusal(self) -> Refusal | None:
        """Why it is not, where it is not."""

    @property
    def report(self) -> Report | None:
        """What validation said, where it came to that."""


class Ingester(Protocol):
    """Takes one document in; blocking; never called twice at once."""

    def ingest(self, document: Document) -> Outcome:
        """Read, extract, validate and store `document`; returns when that is durable."""


class Curator(Protocol):
    """Keeps graphs that somebody writes; blocking. `put`, `add` and `remove` are never called twice at once."""

    def parse(self, content: bytes, media_type: str, base_iri: str) -> bytes:
        """The graph in `content`, as sorted N-Triples; may raise a `GraphError`."""

    def put(self, iri: str, triples: bytes) -> Written:
        """Make the graph `iri` hold `triples` and nothing else, if they conform; returns when that is durable."""

    def add(self, iri: str, triples: bytes) -> Written:
        """Add `triples` to the graph `iri`, if the two together conform; returns when that is durable."""

    def remove(self, iri: str) -> bool:
        """Remove the graph or article `iri`; False where there is none. Returns when that is durable."""

    def was_removed(self, iri: str) -> bool:
        """True where there was an article or graph `iri`, and is no more."""

    def is_empty(self, iri: str) -> bool:
        """True where there is a graph `iri`, and nothing in it."""

    def list_graphs(self, *, limit: int) -> tuple[str, ...]:
        """The IRIs of so many graphs: those that somebody wrote, then articles."""


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of one running service. `writing` lets one thread write at a time, `matching` one compare names, and
    `spools` bounds what answers on their way take on disk.

    Without an `ingester` no article can be written; without a `curator` no graph, nor is it known what was removed.
    `statistics`, `names`, `front` and `register` are made from the index and kept; `documents` are what was written of
    them. `exports` bounds how many exports are worked out at once.
    """

    settings: Settings
    querier: Querier
    ingester: Ingester | None
    templates: jinja2.Environment
    writing: anyio.CapacityLimiter
    matching: anyio.CapacityLimiter
    spools: Room
    statistics: Derived[Statistics]
    names: Derived[Names]
    front: Derived[Front]
    register: Derived[Register]
    documents: Documents
    exports: ExportSlots
    curator: Curator | None = None

    @property
    def shows_union(self) -> bool:
        """Whether the default graph is the union of all graphs."""
        return self.settings.union_default_graph is not False

    @property
    def max_body_bytes(self) -> int:
        """The largest request body."""
        return self.settings.max_body_bytes

    def render(
        self,
        request: Request,
        name: str,
        context: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page that template `name` makes of `context`, with links that start from the address of `request`."""
        links = links_for(request, self.settings.base_iri)
        return render(self.templates, name, context, links=links, status=status, headers=headers)


def get_service(request: Request) -> Service:
    """The service that answers `request`."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


async def provide_service(request: Request) -> Service:
    """The same, for routes: were it not a coroutine, it would be called in a thread of its own, request by request."""
    return get_service(request)


ServiceDep = Annotated[Service, Depends(provide_service)]
