"""`/`, `/search` and `/browse`: the way in for a person."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.folding import fold
from kg.vocab import KG
from kg.web.derived import AGEING
from kg.web.examples import load_examples
from kg.web.service import ServiceDep
from kg.web.signposts import signs_of_home, to_header

router = APIRouter(tags=["pages"])

MAX_FOUND = 100
PAGE_SIZE = 200
# What can be browsed, by the name it has in addresses, with the class whose things are listed there.
SHELVES = {
    "states": str(KG.State),
    "organizations": str(KG.Organization),
    "officials": str(KG.Official),
    "people": str(KG.Person),
    "groups": str(KG.OfficialGroup),
    "articles": str(KG.Article),
}


@router.get("/")
def show_home(request: Request, service: ServiceDep) -> Response:
    """How much there is, what is new, and ways to go on."""
    signposts = signs_of_home("./")
    context = {
        "front": service.front.get(),
        "examples": load_examples(),
        "shelves": tuple(SHELVES),
        "signposts": signposts,
    }
    return service.render(request, "home.html", context, headers={"Link": to_header(signposts), **AGEING})


@router.get("/search")
def search(
    request: Request,
    service: ServiceDep,
    q: Annotated[str, Query(description="Words of a name or headline.", max_length=200)] = "",
) -> Response:
    """What is called so."""
    words = " ".join(q.split())
    found = service.names.get().find(words, limit=MAX_FOUND) if words else ()
    asked = set(fold(words).split())
    # Another name is told where it is by that one that something was found.
    others = {one.iri: [name for name in one.others if asked & set(fold(name).split())][:3] for one in found}
    context = {"words": words, "found": found, "others": others, "limit": MAX_FOUND, "shelves": tuple(SHELVES)}
    return service.render(request, "search.html", context, headers=AGEING)


@router.get("/browse/{shelf}")
def browse(
    request: Request,
    service: ServiceDep,
    shelf: Annotated[str, Path(description="One of states, organizations, officials, people, groups, articles.")],
    page: Annotated[int, Query(description="Which page of the list.", ge=1, le=1_000_000)] = 1,
) -> Response:
    """Everything of one sort, by name; articles by day."""
    if shelf not in SHELVES:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no such list: there are {', '.join(SHELVES)}")
    names = service.names.get()
    total = names.count_class(SHELVES[shelf])
    context = {
        "shelf": shelf,
        "shelves": tuple(SHELVES),
        "found": names.list_class(SHELVES[shelf], offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE),
        "total": total,
        "page": page,
        "pages": max(1, -(-total // PAGE_SIZE)),
    }
    return service.render(request, "browse.html", context, headers=AGEING)
