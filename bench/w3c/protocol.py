"""A test that is made of requests and a service -> what went wrong, if anything.

The tests are those of the SPARQL 1.1 Protocol and of the Graph Store Protocol. Each request is sent as its manifest
has it, to the addresses of the service instead of the imagined `/sparql/` and `/gsp`.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urljoin

import httpx
import pyoxigraph as ox

from w3c.comparison import difference
from w3c.loading import NO_STORE, Refused, clear, put
from w3c.manifest import Copy
from w3c.results import CSV, GRAPHS, RESULTS, Answer, Solutions, read_answer
from w3c.servers import Server
from w3c.types import Expected, Request, RequestTest

_QUERIES, _STORE = "/sparql/", "/gsp"

# https://www.w3.org/2011/http-statusCodes names them by their phrases, written together
STATUSES = {status.phrase.replace(" ", ""): status.value for status in HTTPStatus}
_BOOLEANS = {"application/sparql-results+xml", "application/sparql-results+json"}
FORMS = {"boolean": _BOOLEANS, "tabular": {*RESULTS, CSV}, "RDF": set(GRAPHS)}


def _names_another_iri(answer: Answer) -> bool:
    terms = [term for row in answer.rows for _, term in row] if isinstance(answer, Solutions) else []
    return len(terms) == 1 and isinstance(terms[0], ox.NamedNode) and terms[0].value != "test"


def _is_not_known(answer: Answer) -> bool:
    """What nobody here can tell is not taken for right."""
    return False


# What a manifest says of an answer in words alone.
REMARKS = {"one result with `?o` bound to an IRI that is _not_ `<test>`": _names_another_iri}


def converse(test: RequestTest, copy: Copy, server: Server) -> str | None:
    """What went wrong, in a few words, or None."""
    if server.kind.graphs is None and any(_is_of_store(request) for request in test.requests):
        return NO_STORE
    known: dict[str, str] = {}
    try:
        put(test.data, copy, server)
        for number, request in enumerate(test.requests, 1):
            fault = _exchange(request, server, known)
            if fault is not None:
                return f"request {number}, {request.method} {_fill(request.path, known)}: {fault}"
    except Refused as error:
        return str(error)
    finally:
        _clear(test, copy, server, known)
    return None


def target(request: Request, server: Server) -> str:
    """The path at the service: what is posted as an update goes where updates go, the rest where queries do."""
    if _is_of_store(request):
        return f"{server.kind.graphs}{request.path.removeprefix(_STORE)}"
    query = request.path.removeprefix(_QUERIES)
    content_type = dict(request.headers).get("content-type", "")
    is_update = "sparql-update" in content_type or (request.body or b"").startswith(b"update=")
    return (server.kind.update if is_update else server.kind.query) + query


def fault_of(expected: Expected, response: httpx.Response) -> str | None:
    """How a response differs from what it must be, or None."""
    if not any(_is_status(name, response.status_code) for name in expected.statuses):
        said = " ".join(response.text[:200].split())
        return f"expected {' or '.join(expected.statuses)}, got {response.status_code} {said}".rstrip()
    media_type = response.headers.get("content-type", "").partition(";")[0].strip()
    if expected.media_type not in (None, media_type):
        return f"expected {expected.media_type}, got {media_type or 'no content type'}"
    if expected.location is not None and "location" not in response.headers:
        return "expected a Location, got none"
    try:
        return _fault_of_content(expected, response.content, media_type)
    except ValueError as error:
        return f"the answer is {error}"


def _fault_of_content(expected: Expected, content: bytes, media_type: str) -> str | None:
    if expected.form is not None:
        if media_type not in FORMS.get(expected.form, ()):
            return f"expected {expected.form}, got {media_type or 'no content type'}"
        answer = read_answer(content, media_type)
        if expected.boolean is not None and (fault := difference(expected.boolean, answer)):
            return fault
        if expected.remark is not None and not REMARKS.get(expected.remark, _is_not_known)(answer):
            return f"expected {expected.remark}"
    if expected.body is not None:
        return difference(read_answer(expected.body.encode(), media_type), read_answer(content, media_type))
    return None


def _is_status(name: str, code: int) -> bool:
    return code // 100 == int(name[0]) if name.endswith("xx") else STATUSES.get(name) == code


def _exchange(request: Request, server: Server, known: dict[str, str]) -> str | None:
    path = _fill(target(request, server), known)
    body = None if request.body is None else _fill(request.body.decode("latin-1"), known).encode("latin-1")
    writes = server.kind.writes if _is_of_store(request) else {}
    response = server.send(request.method, path, {**dict(request.headers), **writes}, body)
    if request.expected.location is not None and "location" in response.headers:
        known[request.expected.location] = urljoin(server.address + path, response.headers["location"])
    return fault_of(request.expected, response)


def _is_of_store(request: Request) -> bool:
    return request.path.startswith(_STORE)


def _fill(text: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        text = text.replace(name, value)
    return text


def _clear(test: RequestTest, copy: Copy, server: Server, known: Mapping[str, str]) -> None:
    """Take out what the test put in: its graphs, and all graphs that its requests name."""
    clear(test.data, copy, server)
    paths = [target(request, server) for request in test.requests if _is_of_store(request)]
    for path in dict.fromkeys(_fill(path, known) for path in paths):
        if path != server.kind.graphs:
            server.send("DELETE", path, dict(server.kind.writes))
