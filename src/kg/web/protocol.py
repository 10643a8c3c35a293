"""Requests of the SPARQL 1.1 Protocol, section 2.1 -> the query they carry, or what is wrong with them."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.exceptions import HTTPException

from kg.index.answer import Dataset

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

ALLOW = {"Allow": "GET, HEAD, POST, OPTIONS"}
_FORMAT_PARAMETERS = ("format", "output", "results")
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_MAX_PARAMETERS = 1000
# RFC 3987: a scheme, a colon, and no character that no IRI may hold.
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")

Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: `query` is None where it asks nothing; `formats` are names it gives in parameters.

    `dataset` names the graphs that the query is to see, where the request does.
    """

    query: str | None
    formats: tuple[str, ...] = ()
    dataset: Dataset | None = None


def read_get(query_string: bytes) -> Asked:
    """What a GET asks; a query may be absent where nothing else is asked."""
    parameters = parse_parameters(query_string)
    if all(name in _FORMAT_PARAMETERS for name, _ in parameters):
        return Asked(None, _formats(parameters))
    return _read(parameters)


def read_post(query_string: bytes, body: bytes, media_type: str, charset: str | None) -> Asked:
    """What a POST asks, by form or directly."""
    if media_type == UPDATE:
        raise refuse_update()
    if media_type not in (FORM, QUERY) or charset not in (None, "utf-8", "utf8", "us-ascii"):
        given = f"{media_type} {charset or ''}".strip() or "none"
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {QUERY} or {FORM} in UTF-8, not {given}")
    parameters = parse_parameters(query_string)
    if media_type == FORM:
        return _read([*parameters, *parse_parameters(body)])
    return _read([*parameters, ("query", _decode(body))])


def parse_parameters(raw: bytes) -> list[tuple[str, str]]:
    """Names and values of a URL-encoded string, which must be well formed and UTF-8.

    Raises:
        HTTPException: 400.
    """
    if not raw:
        return []
    if _BAD_ESCAPE.search(raw):
        raise _bad_request("a % in the parameters is not followed by two hexadecimal digits")
    pieces = [piece.partition(b"=") for piece in raw.split(b"&", _MAX_PARAMETERS)]
    if len(pieces) > _MAX_PARAMETERS or not all(sign for _, sign, _ in pieces):
        raise _bad_request("the parameters are no URL-encoded form: name=value pairs joined by &")
    try:
        return [(_unquote(name), _unquote(value)) for name, _, value in pieces]
    except UnicodeDecodeError as error:
        raise _bad_request("the parameters are not UTF-8") from error


def _unquote(raw: bytes) -> str:
    """What a name or value stands for.

    Quoted-printable is the same with another sign, and is decoded in place: `urllib` takes seconds and gigabytes for
    a form that is nothing but escapes.
    """
    return binascii.a2b_qp(raw.replace(b"+", b" ").replace(b"=", b"%3D").replace(b"%", b"=")).decode()


def _decode(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _bad_request("the request is not UTF-8") from error


def _read(parameters: Parameters) -> Asked:
    names = [name for name, _ in parameters]
    if "update" in names:
        raise refuse_update()
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise _bad_request(f"give one parameter query, not {len(queries) or 'none'}")
    return Asked(queries[0], _formats(parameters), _dataset(parameters))


def _dataset(parameters: Parameters) -> Dataset | None:
    """The graphs that the parameters name, None where they name none."""
    default, named = (
        tuple(value for name, value in parameters if name == wanted)
        for wanted in ("default-graph-uri", "named-graph-uri")
    )
    for iri in (*default, *named):
        if not _ABSOLUTE_IRI.fullmatch(iri):
            raise _bad_request(f"{iri[:100]!r} is no absolute IRI: name graphs by theirs")
    return Dataset(default, named) if default or named else None


def _formats(parameters: Parameters) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name in _FORMAT_PARAMETERS and value)


def refuse_update() -> HTTPException:
    """The answer to every SPARQL Update."""
    detail = (
        "this endpoint does not update: POST articles to /articles, or write graphs to /graphs by the Graph Store "
        "Protocol, where they are validated and kept"
    )
    return HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, detail, ALLOW)


def _bad_request(detail: str) -> HTTPException:
    return HTTPException(HTTPStatus.BAD_REQUEST, detail)
