"""Which graph a request means. SPARQL 1.1 Graph Store HTTP Protocol, section 4."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urljoin

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match
from starlette.types import Scope

from kg import iris
from kg.index.names import is_graph_name
from kg.web.origin import root_of
from kg.web.protocol import parse_parameters

STORE = "graphs"
"""The graph store's address, after the base."""

_PARAMETERS = ("default", "graph", "format")


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about: the graph `iri`, which stands for the default graph where it `is_default`.

    None is the graph store itself, at the address `store`. `base_iri` is what relative IRIs in a graph are resolved
    against, `formats` are names of formats in the parameters, and `location` is where the graph can be had.
    """

    store: str
    iri: str | None
    base_iri: str
    location: str
    formats: tuple[str, ...] = ()
    is_default: bool = False

    @property
    def name(self) -> str:
        """What to call it."""
        return "the default graph" if self.is_default else f"the graph {self.iri}"


def read_target(request: Request, base_iri: str) -> Target:
    """What `request`, to an address at or under `/graphs`, is about.

    Raises:
        HTTPException: 400 where its parameters name no graph, or more than one.
    """
    parameters = _read_parameters(request.scope["query_string"])
    formats = tuple(value for name, value in parameters if name == "format" and value)
    named = [(name, value) for name, value in parameters if name != "format"]
    address = root_of(request, base_iri) + STORE
    own_name = _own_name(request)
    if own_name is not None:
        if named:
            raise _bad_request("this address names a graph itself: give neither graph nor default")
        iri = _check(f"{address}/{own_name}")
        return Target(address, iri, iri, iri, formats)
    if len(named) > 1:
        raise _bad_request("give one of the parameters graph and default, once")
    if not named:
        return Target(address, None, address, address, formats)
    name, value = named[0]
    if name == "default":
        return Target(address, iris.DEFAULT_GRAPH, address, f"{address}?default", formats, is_default=True)
    iri = _check(_resolve(address, value))
    return Target(address, iri, iri, f"{address}?graph={quote(iri, safe='')}", formats)


def explain_refusal(request: Request, iri: str, base_iri: str) -> str | None:
    """Why nobody may write a graph `iri`; None where one may."""
    if iri.startswith(iris.OWN_SCHEME):
        return f"IRIs that begin with {iris.OWN_SCHEME} are for the service's own use"
    if not iri.startswith(base_iri):
        return None
    key = iri.removeprefix(base_iri)
    if is_article(iri, base_iri):
        return "this is the graph of an article: POST the article to /articles, or DELETE it"
    if key in iris.SHIPPED_GRAPHS:
        return "this graph ships with the software and cannot be written"
    if key.startswith((f"{STORE}/", "graph/")) or not _is_answered(request, key):
        return None
    return f"the service itself answers at this address: name the graph {base_iri}{STORE}/…"


def is_article(iri: str, base_iri: str) -> bool:
    """True where `iri` is that of an article."""
    return iri.startswith(base_iri + iris.article(""))


def _own_name(request: Request) -> str | None:
    """What stands behind `/graphs/` in the path of `request`, as it came; None where nothing does.

    Where that word itself came with escapes, the name is taken without those that need not be.
    """
    root = str(request.scope.get("root_path", ""))
    for path in (request.scope.get("raw_path", b"").decode("utf-8", "replace"), quote(request.scope["path"])):
        before, slash, name = path.partition("?")[0].removeprefix(root).partition(f"/{STORE}/")
        if slash and not before:
            return name
    return None


def _is_answered(request: Request, key: str) -> bool:
    """True where the service has an address for `key`."""
    path = "/" + unquote(key.partition("?")[0].partition("#")[0])
    scope: Scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


def _read_parameters(query_string: bytes) -> list[tuple[str, str]]:
    # Of all parameters this one may stand without a value.
    pieces = (b"default=" if piece == b"default" else piece for piece in query_string.split(b"&"))
    parameters = parse_parameters(b"&".join(pieces))
    unknown = [name for name, _ in parameters if name not in _PARAMETERS]
    if unknown:
        raise _bad_request(f"there is no parameter {unknown[0][:50]}: give graph or default, and format")
    return parameters


def _resolve(address: str, reference: str) -> str:
    try:
        return urljoin(address, reference)
    except ValueError as error:
        raise _bad_request(f"the parameter graph is no IRI: {reference[:100]}") from error


def _check(iri: str) -> str:
    if not is_graph_name(iri):
        raise _bad_request(f"this is no absolute IRI that can name a graph: {iri[:200]}")
    return iri


def _bad_request(detail: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, detail)
