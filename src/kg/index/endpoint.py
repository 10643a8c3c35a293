"""A SPARQL 1.1 endpoint over HTTP: https://www.w3.org/TR/sparql11-protocol/, direct POST in both directions."""

from __future__ import annotations

import base64
import http.client
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from kg.errors import IndexStoreError, QuerySyntaxError, QueryTimeoutError
from kg.index.frames import CHUNK

_QUERY_TYPE = "application/sparql-query; charset=utf-8"
_UPDATE_TYPE = "application/sparql-update; charset=utf-8"
_LONGEST_MESSAGE = 200


class Response:
    """What the endpoint answers, as it comes."""

    def __init__(
        self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse, until: float
    ) -> None:
        """A response to be read until `until`, on the monotonic clock."""
        self._connection = connection
        self._response = response
        self._until = until
        self.media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip()

    def chunks(self) -> Iterator[bytes]:
        """The body.

        Raises:
            QueryTimeoutError: it does not end in time.
            IndexStoreError: the connection broke.
        """
        try:
            with _reported("the SPARQL engine"):
                while chunk := self._response.read1(CHUNK):
                    yield chunk
                    if time.monotonic() > self._until:
                        raise TimeoutError
        finally:
            self.close()

    def close(self) -> None:
        """Hang up."""
        self._response.close()
        self._connection.close()


class Endpoint:
    """An engine that answers queries at `url` and takes updates at `update_url`, each request on its own connection."""

    def __init__(self, url: str, update_url: str | None = None) -> None:
        """The endpoint at `url`; for `update_url` see `kg.index.remote.RemoteIndex.open`."""
        self.url = url
        self._query = _split(url)
        self._update = _split(update_url or _derive_update_url(url))

    def ask(self, text: str, *, accept: str, timeout: float, parameters: Sequence[tuple[str, str]] = ()) -> Response:
        """The answer to a query, in the media type `accept`; `parameters` are those of the protocol.

        Raises:
            QuerySyntaxError: the engine cannot read the query.
            QueryTimeoutError: it does not answer within `timeout` seconds.
            IndexStoreError: it cannot be reached, or fails.
        """
        query = "&".join(part for part in (self._query.query, urlencode(parameters)) if part)
        url = self._query._replace(query=query)
        response = self._post(url, text, {"Content-Type": _QUERY_TYPE, "Accept": accept}, timeout)
        status = response._response.status
        if status == http.HTTPStatus.OK:
            return response
        reason = _first_line(response)
        if status == http.HTTPStatus.BAD_REQUEST:
            raise QuerySyntaxError(f"the SPARQL engine cannot read the query: {reason}")
        if status in (http.HTTPStatus.REQUEST_TIMEOUT, http.HTTPStatus.GATEWAY_TIMEOUT):
            raise QueryTimeoutError(f"the SPARQL engine gave up on the query: {reason}")
        raise IndexStoreError(f"{self.url} answered {status}: {reason}")

    def update(self, text: str, *, timeout: float) -> None:
        """Carry out an update.

        Raises:
            IndexStoreError: it was not carried out within `timeout` seconds, or not at all.
        """
        try:
            response = self._post(self._update, text, {"Content-Type": _UPDATE_TYPE}, timeout)
        except QueryTimeoutError as error:
            raise IndexStoreError(f"the SPARQL engine did not take an update within {timeout:g} s") from error
        status = response._response.status
        reason = _first_line(response)
        if status >= http.HTTPStatus.MULTIPLE_CHOICES:
            raise IndexStoreError(f"the SPARQL engine refused an update with {status}: {reason}")

    def _post(self, url: SplitResult, text: str, headers: dict[str, str], timeout: float) -> Response:
        kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        connection = kind(url.hostname or "", url.port, timeout=timeout)
        target = url._replace(scheme="", netloc="", fragment="").geturl() or "/"
        until = time.monotonic() + timeout
        try:
            with _reported(self.url):
                connection.request("POST", target, text.encode(), headers | _authorization(url))
                return Response(connection, connection.getresponse(), until)
        except BaseException:
            connection.close()
            raise


@contextmanager
def _reported(name: str) -> Iterator[None]:
    """Turns what the HTTP client raises into our errors."""
    try:
        yield
    except TimeoutError as error:
        raise QueryTimeoutError(f"{name} did not answer in time: ask for less, or raise KG_QUERY_TIMEOUT") from error
    except (OSError, http.client.HTTPException) as error:
        raise IndexStoreError(f"{name} cannot be reached ({error}): check KG_SPARQL_URL or --endpoint") from error


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IndexStoreError(f"{url} is no http or https address: check KG_SPARQL_URL or --endpoint")
    return parts


def _derive_update_url(url: str) -> str:
    head, slash, last = url.rpartition("/")
    return f"{head}{slash}update" if last in ("query", "sparql") else url


def _authorization(url: SplitResult) -> dict[str, str]:
    """Basic authentication, where the address names a user."""
    if url.username is None:
        return {}
    pair = f"{unquote(url.username)}:{unquote(url.password or '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _first_line(response: Response) -> str:
    body = b"".join(response.chunks()).decode("utf-8", "replace").strip()
    return body.split("\n", 1)[0][:_LONGEST_MESSAGE]
