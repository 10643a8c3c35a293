"""The service put together."""

from __future__ import annotations

import anyio
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from kg.settings import Settings
from kg.web import articles, graphs, home, resources, sparql, vocabularies
from kg.web.errors import add_error_handlers
from kg.web.middleware import HeadAsGet, SafeHeaders
from kg.web.pages import load_templates
from kg.web.querier import Querier
from kg.web.service import Curator, Ingester, Service


def create_app(
    settings: Settings, readers: Querier, ingester: Ingester | None, curator: Curator | None = None
) -> FastAPI:
    """The service over one index. `readers` answer queries; without an `ingester` and a `curator` nothing is written.

    Whoever makes these closes them when the service has stopped.
    """
    app = FastAPI(
        title="kg",
        description="States, officials, statements and events in the news, each fact with the words that say it.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = Service(settings, readers, ingester, load_templates(), anyio.CapacityLimiter(1), curator)
    for module in (home, sparql, articles, graphs, vocabularies, resources):
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("kg.web", "static")]))
    add_error_handlers(app)
    # Reading is open to pages of any origin; writing is not: the Authorization header is not allowed from elsewhere.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],
        expose_headers=["Content-Location", "Link"],
    )
    app.add_middleware(HeadAsGet)
    app.add_middleware(SafeHeaders)
    return app
