"""The service put together."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

import anyio
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.staticfiles import StaticFiles

from kg.errors import KgError
from kg.settings import Settings
from kg.web import articles, discovery, home, resources, sparql, vocabularies
from kg.web.derived import Derived
from kg.web.documents import Documents
from kg.web.errors import add_error_handlers
from kg.web.front import read_front
from kg.web.middleware import HeadAsGet, SafeHeaders
from kg.web.names import Names
from kg.web.pages import load_templates
from kg.web.querier import Querier, read_generation
from kg.web.service import Ingester, Service
from kg.web.statistics import count_all


def create_app(settings: Settings, readers: Querier, ingester: Ingester | None) -> FastAPI:
    """The service over one index. `readers` answer queries; without an `ingester` nothing can be written.

    Whoever makes these two closes them when the service has stopped.
    """
    app = FastAPI(
        title="kg",
        description="States, officials, statements and events in the news, each fact with the words that say it.",
        docs_url=None,
        redoc_url=None,
        lifespan=_prepare,
    )
    app.state.service = make_service(settings, readers, ingester)
    for module in (home, sparql, articles, discovery, vocabularies, resources):
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


def make_service(settings: Settings, readers: Querier, ingester: Ingester | None) -> Service:
    """What the routes share. What is derived from the index is made when it is first needed."""

    def generation() -> object:
        # A remote engine has no generations: what it holds may always have changed.
        return read_generation(readers) if settings.sparql_url is None else object()

    # Where the default graph is no stored union, a triple comes once for each graph that holds it.
    count = partial(count_all, readers, settings.base_iri, distinct=settings.union_default_graph is False)
    return Service(
        settings,
        readers,
        ingester,
        load_templates(),
        anyio.CapacityLimiter(1),
        statistics=Derived(count, generation),
        names=Derived(partial(Names, readers), generation),
        front=Derived(partial(read_front, readers), generation),
        documents=Documents(),
    )


@asynccontextmanager
async def _prepare(app: FastAPI) -> AsyncIterator[None]:
    """When the service starts, begin to make what is derived from the index: the first to ask need not wait for it."""
    threading.Thread(target=_make_derived, args=(app.state.service,), name="prepare", daemon=True).start()
    yield


def _make_derived(service: Service) -> None:
    """One after the other, for the first requests need readers too; what fails here is told to whoever asks for it."""
    with suppress(KgError):
        service.front.get()
        service.names.get()
        service.statistics.get()
