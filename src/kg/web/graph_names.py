"""Which graph a request means. SPARQL 1.1 Graph Store HTTP Protocol, section 4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote, urljoin, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Match
from starlette.types import Scope

from kg import iris
from kg.index.names import is_graph_name
from kg.web.protocol import parse_parameters

STORE = "graphs"
"""The graph store's address, after the base."""

# RFC 3986, 3.2.2: as much of it as hosts have that are in use
_HOST = re.compile(r"(?:[\w.~%-]+|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?", re.ASCII)
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
    address = own_address(request, base_iri)
    parameters = _read_parameters(request.scope["query_string"])
    formats = tuple(value for name, value in parameters if name == "format" and value)
    named = [(name, value) for name, value in parameters if name != "format"]
    store, slash, _ = address.partition(f"/{STORE}/")
    if slash:
        if named:
            raise _bad_request("this address names a graph itself: give neither graph nor default")
        return Target(f"{store}/{STORE}", _check(address), address, address, formats)
    if len(named) > 1:
        raise _bad_request("give one of the parameters graph and default, once")
    if not named:
        return Target(address, None, address, address, formats)
    name, value = named[0]
    if name == "default":
        return Target(address, iris.DEFAULT_GRAPH, address, f"{address}?default", formats, is_default=True)
    iri = _check(_resolve(address, value))
    return Target(address, iri, iri, f"{address}?graph={quote(iri, safe='')}", formats)


def own_address(request: Request, base_iri: str) -> str:
    """The address of `request`, without its parameters: under `base_iri` where that has the host that it was sent to.

    So it is the same behind a proxy that ends TLS. A host that can be none counts as that of `base_iri`.
    """
    path = request.scope.get("raw_path", b"").decode("utf-8", "replace") or quote(request.scope["path"])
    path = path.partition("?")[0].removeprefix(str(request.scope.get("root_path", "")))
    host = request.headers.get("host", "")
    if host.lower() == urlsplit(base_iri).netloc.lower() or not _HOST.fullmatch(host):
        return base_iri + path.removeprefix("/")
    return f"{request.url.scheme}://{host}{path}"


def explain_refusal(request: Request, iri: str, base_iri: str) -> str | None:
    """Why nobody may write a graph `iri`; None where one may."""
    if iri.startswith(iris.OWN_SCHEME):
        return f"IRIs that begin with {iris.OWN_SCHEME} are for the service's own use"
    if not iri.startswith(base_iri):
        return None
    key = iri.removeprefix(base_iri)
    if is_article(iri, base_iri):
        return "this is the graph of an article: POST the article to /articles, or DELETE it"
    if key in (iris.REFERENCE_GRAPH, iris.VOCABULARY_GRAPH):
        return "this graph ships with the software and cannot be written"
    if key.startswith((f"{STORE}/", "graph/")) or not _is_answered(request, key):
        return None
    return f"the service itself answers at this address: name the graph {base_iri}{STORE}/…"


def is_article(iri: str, base_iri: str) -> bool:
    """True where `iri` is that of an article."""
    return iri.startswith(base_iri + iris.article(""))


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
