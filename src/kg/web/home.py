"""`/` and `/search`: the way in for a person."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from starlette.requests import Request

from kg.web import questions
from kg.web.description import name_of
from kg.web.examples import load_examples
from kg.web.querier import select
from kg.web.service import ServiceDep

router = APIRouter(tags=["pages"])

MAX_ARTICLES = 10
MAX_STATES = 30
MAX_FOUND = 100


@router.get("/")
def show_home(request: Request, service: ServiceDep) -> Response:
    """How much there is, what is new, and ways to go on."""
    counts = {
        name_of(row["class"].value): int(row["count"].value) for row in select(service.querier, questions.counts())
    }
    context = {
        "counts": counts,
        "articles": select(service.querier, questions.newest_articles(limit=MAX_ARTICLES)),
        "states": select(service.querier, questions.states_by_mentions(limit=MAX_STATES)),
        "examples": load_examples(),
    }
    return service.render(request, "home.html", context)


@router.get("/search")
def search(
    request: Request,
    service: ServiceDep,
    q: Annotated[str, Query(description="Part of a name or headline.", max_length=200)] = "",
) -> Response:
    """What is called so."""
    words = " ".join(q.split())
    found = select(service.querier, questions.named_like(words, limit=MAX_FOUND)) if words else []
    return service.render(request, "search.html", {"words": words, "found": found, "limit": MAX_FOUND})
