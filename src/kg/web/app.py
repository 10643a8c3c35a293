"""The service put together."""

from __future__ import annotations

import anyio
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles
from starlette_compress import CompressMiddleware, add_compress_type

from kg.settings import Settings
from kg.web import articles, editor, home, resources, sparql, vocabularies
from kg.web.admission import RequestLimit
from kg.web.errors import PROBLEM, add_error_handlers
from kg.web.middleware import HeadAsGet, SafeHeaders
from kg.web.negotiation import GRAPHS, RESULTS
from kg.web.pages import load_templates
from kg.web.querier import Querier
from kg.web.response_cache import ResponseCache
from kg.web.service import Ingester, Service

_SHORTEST_COMPRESSED = 1000  # bytes
_GZIP_LEVEL = 4  # twice as fast as the usual 6, and hardly larger


def create_app(settings: Settings, readers: Querier, ingester: Ingester | None) -> FastAPI:
    """The service over one index. `readers` answer queries; without an `ingester` nothing can be written.

    Whoever makes these two closes them when the service has stopped.
    """
    app = FastAPI(
        title="kg",
        description="States, officials, statements and events in the news, each fact with the words that say it.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = Service(settings, readers, ingester, load_templates(), anyio.CapacityLimiter(1))
    for module in (home, sparql, editor, articles, vocabularies, resources):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("kg.web", "static")]))
    add_error_handlers(app)
    _add_middleware(app, settings, readers)
    return app


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
    app.add_middleware(HeadAsGet)
    app.add_middleware(SafeHeaders)
    app.add_middleware(RequestLimit, per_minute=settings.requests_per_minute)
