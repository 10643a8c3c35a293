"""The service put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio
import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware, add_compress_type

from kg.settings import Settings
from kg.web import articles, graphs, home, resources, sparql, vocabularies
from kg.web.admission import RequestLimit
from kg.web.errors import PROBLEM, add_error_handlers
from kg.web.held import HeldBodies
from kg.web.middleware import AsciiQuery, HeadAsGet, SafeHeaders
from kg.web.negotiation import GRAPHS, RESULTS
from kg.web.openapi import describe
from kg.web.pages import load_templates
from kg.web.querier import Querier
from kg.web.response_cache import ResponseCache
from kg.web.service import Curator, Ingester, Service
from kg.web.spool import Room

_SHORTEST_COMPRESSED = 1000  # bytes
_MOST_HELD = 8  # bodies, each as large as it may be once unpacked, that are held at once
_SPARE_THREADS = 40
_MOST_ANSWERS = 4  # each as large as it may be, that wait on disk at once
_GZIP_LEVEL = 4  # twice as fast as the usual 6, and hardly larger


class _App(FastAPI):
    """FastAPI, with a description that says what routes do."""

    def openapi(self) -> dict[str, Any]:
        """The description."""
        if self.openapi_schema is None:
            self.openapi_schema = describe(super().openapi())
        return self.openapi_schema


def create_app(
    settings: Settings, readers: Querier, ingester: Ingester | None, curator: Curator | None = None
) -> FastAPI:
    """The service over one index. `readers` answer queries; without an `ingester` and a `curator` nothing is written.

    Whoever makes these closes them when the service has stopped.
    """
    app = _App(
        title="kg",
        description="States, officials, statements and events in the news, each fact with the words that say it.",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings),
    )
    app.state.service = Service(
        settings,
        readers,
        ingester,
        load_templates(),
        anyio.CapacityLimiter(1),
        Room(_MOST_ANSWERS * settings.max_answer_bytes),
        curator,
    )
    for module in (home, sparql, articles, graphs, vocabularies, resources):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("kg.web", "static")]))
    add_error_handlers(app)
    _add_middleware(app, settings, readers)
    return app


def _lifespan(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """What goes on around the requests: as many threads as queries may wait, and some for what does not wait for them.

    With fewer, queries that wait would keep everything else waiting, and nobody would be told that it is busy.
    """

    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[None]:
        threads = anyio.to_thread.current_default_thread_limiter()
        threads.total_tokens = settings.readers + settings.long_readers + settings.max_waiting + _SPARE_THREADS
        yield

    return run


def _add_middleware(app: FastAPI, settings: Settings, readers: Querier) -> None:
    """What stands before every route, the innermost first."""
    for format in (*RESULTS, *GRAPHS, PROBLEM):
        add_compress_type(format.media_type)
    app.add_middleware(CompressMiddleware, brotli=False, gzip_level=_GZIP_LEVEL, minimum_size=_SHORTEST_COMPRESSED)
    max_bytes = settings.cache_mb * 1_000_000
    app.add_middleware(ResponseCache, generation=lambda: readers.generation, max_bytes=max_bytes)
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
    app.add_middleware(RequestLimit, per_minute=settings.requests_per_minute)
