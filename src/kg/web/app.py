"""The service put together."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware, add_compress_type

from kg.errors import KgError
from kg.export.graph_files import MapFormat, NetworkFormat
from kg.settings import Settings
from kg.web import (
    articles,
    discovery,
    editor,
    exports,
    graphs,
    home,
    metrics,
    readiness,
    resources,
    sparql,
    vocabularies,
)
from kg.web.access_log import AccessLog
from kg.web.accounting import Accounting, RouteNoting
from kg.web.admission import RequestLimit
from kg.web.cut_short import CutShort
from kg.web.derived import Derived
from kg.web.documents import Documents
from kg.web.errors import PROBLEM, add_error_handlers
from kg.web.export_process import ExportSlots
from kg.web.front import read_front
from kg.web.held import HeldBodies
from kg.web.metrics import Metrics
from kg.web.middleware import AsciiQuery, HeadAsGet, SafeHeaders
from kg.web.names import Names
from kg.web.negotiation import GRAPHS, RESULTS
from kg.web.openapi import describe
from kg.web.pages import load_templates
from kg.web.querier import Querier
from kg.web.readiness import Keeping, Readiness
from kg.web.reconcile import routes as reconciliation
from kg.web.reconcile.register import Register
from kg.web.response_cache import ResponseCache
from kg.web.service import Curator, Ingester, Service
from kg.web.spool import Room
from kg.web.statistics import count_all

_SHORTEST_COMPRESSED = 1000  # bytes
_MOST_HELD = 8  # bodies, each as large as it may be once unpacked, that are held at once
_SPARE_THREADS = 40
_MOST_ANSWERS = 4  # each as large as it may be, that wait on disk at once
_MOST_EXPORTS = 2  # processes that write tables at once
_GZIP_LEVEL = 4  # twice as fast as the usual 6, and hardly larger


_ROUTED = (
    home,
    sparql,
    editor,
    exports,
    reconciliation,
    articles,
    graphs,
    discovery,
    vocabularies,
    resources,
    readiness,
    metrics,
)
"""The modules that have routes; instances come after all addresses of the service's own."""


class _App(FastAPI):
    """FastAPI, with a description that says what routes do."""

    def openapi(self) -> dict[str, Any]:
        """The description."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(super().openapi())
        return self.openapi_schema


def create_app(
    settings: Settings,
    readers: Querier,
    ingester: Ingester | None,
    curator: Curator | None = None,
    *,
    keeping: Keeping | None = None,
    access_log: AccessLog | None = None,
) -> FastAPI:
    """The service over one index. `readers` answer queries; without an `ingester` and a `curator` nothing is written.

    `keeping` says how far journal and index are; each request gets a line in `access_log`. Whoever makes these closes
    them when the service has stopped.
    """
    app = _App(
        title="kg",
        description="States, officials, statements and events in the news, each fact with the words that say it.",
        docs_url=None,
        redoc_url=None,
        lifespan=_prepare,
    )
    app.state.service = make_service(settings, readers, ingester, curator)
    app.state.readiness = Readiness(readers, keeping, writes=ingester is not None)
    app.state.metrics = Metrics(readers, keeping, access_log)
    for module in _ROUTED:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("kg.web", "static")]))
    add_error_handlers(app)
    _add_middleware(app, settings, readers)
    # The outermost: what the layers below refuse is counted too.
    app.add_middleware(Accounting, sinks=[app.state.metrics, *([access_log] if access_log else [])])
    return app


def _add_middleware(app: FastAPI, settings: Settings, readers: Querier) -> None:
    """What stands before every route, the innermost first."""
    app.add_middleware(RouteNoting, plain={route.path for route in app.routes if isinstance(route, Route)})
    for format in (*RESULTS, *GRAPHS, PROBLEM, *NetworkFormat, *MapFormat):
        add_compress_type(format.media_type)
    app.add_middleware(CompressMiddleware, brotli=False, gzip_level=_GZIP_LEVEL, minimum_size=_SHORTEST_COMPRESSED)
    app.add_middleware(CutShort)
    max_bytes = settings.cache_mb * 1_000_000
    app.add_middleware(ResponseCache, generation=lambda: readers.generation, max_bytes=max_bytes)
    app.add_middleware(RequestLimit, per_minute=settings.requests_per_minute)
    # Reading is open to pages of any origin; writing is not: the Authorization header is not allowed from elsewhere.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type", "If-None-Match"],
        expose_headers=["Content-Location", "ETag", "Link", "Retry-After"],
    )
    app.add_middleware(HeldBodies, most_bytes=_MOST_HELD * max(settings.max_unpacked_bytes, settings.max_body_bytes))
    app.add_middleware(HeadAsGet)
    app.add_middleware(AsciiQuery)
    app.add_middleware(SafeHeaders)


def make_service(
    settings: Settings, readers: Querier, ingester: Ingester | None, curator: Curator | None = None
) -> Service:
    """What the routes share. What is derived from the index is made when it is first needed."""

    def generation() -> object:
        # A remote engine has no generations: what it holds may always have changed.
        known = readers.generation
        return object() if known is None else known

    # Where the default graph is no stored union, a triple comes once for each graph that holds it.
    count = partial(count_all, readers, settings.base_iri, distinct=settings.union_default_graph is False)
    return Service(
        settings,
        readers,
        ingester,
        load_templates(),
        anyio.CapacityLimiter(1),
        anyio.CapacityLimiter(1),
        Room(_MOST_ANSWERS * settings.max_answer_bytes),
        statistics=Derived(count, generation),
        names=Derived(partial(Names, readers), generation),
        front=Derived(partial(read_front, readers), generation),
        register=Derived(partial(Register, readers), generation),
        documents=Documents(),
        exports=ExportSlots(_MOST_EXPORTS, patience=settings.query_timeout),
        curator=curator,
    )


@asynccontextmanager
async def _prepare(app: FastAPI) -> AsyncIterator[None]:
    """When the service starts, begin to make what is derived from the index: the first to ask need not wait for it.

    There are as many threads as queries may wait, and some for what does not wait for them: with fewer, queries that
    wait would keep everything else waiting, and nobody would be told that it is busy.
    """
    settings = app.state.service.settings
    threads = anyio.to_thread.current_default_thread_limiter()
    threads.total_tokens = settings.readers + settings.long_readers + settings.max_waiting + _SPARE_THREADS
    threading.Thread(target=_make_derived, args=(app.state.service,), name="prepare", daemon=True).start()
    yield


def _make_derived(service: Service) -> None:
    """One after the other, for the first requests need readers too; what fails here is told to whoever asks for it."""
    with suppress(KgError):
        service.front.get()
        service.names.get()
        service.statistics.get()
        service.register.get()
