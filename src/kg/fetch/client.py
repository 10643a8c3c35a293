"""Addresses -> what is there: politely, and no further than a stranger may lead us.

Each request waits for its turn at the host, is allowed by the host's robots.txt, and says who asks. Redirects are
followed one by one, each under the same rules.
"""

from __future__ import annotations

import base64
import datetime as dt
import email.utils
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Self

import httpcore
import httpx

from kg.errors import FetchError
from kg.fetch.address import credentials, parse_address
from kg.fetch.connection import Reply, Requester
from kg.fetch.pace import LONGEST_WAIT, Pace
from kg.fetch.reach import Reach
from kg.fetch.robots import AGENT, Robots
from kg.settings import Settings

_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, "
    "application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"
)
_MOST_REDIRECTS = 10
_TRIES = 3
_FIRST_BACKOFF = 5.0
_BUSY = (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
# What is no text. Feeds and pages come under so many names that only these can be told by theirs.
_NO_TEXT = ("image/", "audio/", "video/", "font/", "model/", "multipart/")
_NO_TEXT_APPLICATIONS = ("pdf", "zip", "gzip", "tar", "compressed", "office", "ms-", "msword", "epub", "rtf", "java")


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells a server which version of `url`, where the last redirect led, we have."""

    url: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is at an address; `content` is None where it is as it was. `named` says where the address asked for is."""

    url: httpx.URL
    content: bytes | None
    headers: httpx.Headers
    named: Reach

    @property
    def validators(self) -> Validators:
        """What to send next time."""
        return Validators(str(self.url), self.headers.get("ETag"), self.headers.get("Last-Modified"))


class Client:
    """Fetches; one request at a time."""

    def __init__(self, requester: Requester, pace: Pace, *, user_agent: str) -> None:
        """A client that keeps to `pace`; `open` makes one by the settings."""
        self._requester = requester
        self._user_agent = user_agent
        self._robots = Robots(pace.clock)
        self.pace = pace
        self.seconds = requester.seconds

    @classmethod
    def open(cls, settings: Settings, pace: Pace | None = None) -> Self:
        """A client by the settings."""
        requester = Requester(settings.fetch_timeout, settings.max_body_bytes, httpcore.default_ssl_context())
        return cls(requester, pace or Pace(settings.fetch_delay), user_agent=user_agent(settings))

    def get(self, url: httpx.URL, *, limit: Reach | None = None, validators: Validators | None = None) -> Answer:
        """What is at `url`, or that it is as it was when it came with `validators`.

        `limit` is how near it may be, None where a person named it; what it leads to may be as near as itself.

        Raises:
            FetchError: it cannot be had.
        """
        first, seen = url, {str(url)}
        named = limit
        while True:
            headers = self._headers(url, first, validators)
            url = url.copy_with(userinfo=b"")
            self._robots.require(url, self._get_robots, named)
            reply = self._ask(url, headers, named, _require_readable)
            named = reply.reach if named is None else named
            if reply.status == httpx.codes.NOT_MODIFIED and validators:
                return Answer(url, None, reply.headers, named)
            if reply.status == httpx.codes.OK:
                return Answer(url, reply.content, reply.headers, named)
            url = _redirected(url, reply)
            if str(url) in seen or url == first:
                raise FetchError("its redirects lead in a circle")
            seen.add(str(url))
            if len(seen) > _MOST_REDIRECTS:
                raise FetchError(f"it redirects more than {_MOST_REDIRECTS - 1} times")

    def _headers(self, url: httpx.URL, first: httpx.URL, validators: Validators | None) -> dict[str, str]:
        headers = self._own_headers(url) | {"Accept": _ACCEPT}
        user = credentials(first)
        if user and (url.scheme, url.netloc.rpartition(b"@")[2]) == (first.scheme, first.netloc.rpartition(b"@")[2]):
            headers |= {"Authorization": basic(*user)}
        if validators and validators.url == str(url):
            given = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
            headers |= {name: value for name, value in given.items() if value}
        return headers

    def _own_headers(self, url: httpx.URL) -> dict[str, str]:
        host = url.netloc.rpartition(b"@")[2].decode("ascii")
        return {"Host": host, "User-Agent": self._user_agent, "Accept-Encoding": "gzip", "Connection": "close"}

    def _get_robots(self, url: httpx.URL, limit: Reach | None) -> bytes | None:
        """https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1: what is not there forbids nothing."""
        for _ in range(6):
            reply = self._ask(url, self._own_headers(url), limit)
            limit = reply.reach if limit is None else limit
            if reply.status == httpx.codes.OK:
                return reply.content
            if 400 <= reply.status < 500:
                return None
            try:
                url = _redirected(url, reply)
            except FetchError as error:
                raise FetchError(f"its robots.txt cannot be had: {error}") from error
        return None

    def _ask(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        limit: Reach | None,
        check: Callable[[httpx.Headers], None] = lambda _: None,
    ) -> Reply:
        """The answer to one request, asked again where the host is busy and does not want too long a pause."""
        for number in range(_TRIES):
            self.pace.wait(url.host)
            try:
                reply = self._requester.get(url, headers, limit, check)
            finally:
                self.pace.done(url.host, self._robots.delay(url))
            if reply.status not in _BUSY:
                return reply
            seconds = _retry_after(reply.headers)
            self.pace.hold(url.host, _FIRST_BACKOFF * 2**number if seconds is None else seconds)
            if self.pace.left(url.host) > LONGEST_WAIT:
                left = self.pace.left(url.host)
                raise FetchError(f"{url.host} is busy ({reply.status}) and asks for {left:.0f} s; try again then")
        raise FetchError(f"{url.host} is busy ({reply.status}), also after {_TRIES} tries; try again later")


def user_agent(settings: Settings) -> str:
    """Who asks: name and version, and where the settings give it whom to ask about that."""
    contact = f" ({settings.user_agent})" if settings.user_agent else ""
    return f"{AGENT}/{version('geokg')}{contact}"


def basic(user: str, password: str) -> str:
    """The value of an Authorization header: https://www.rfc-editor.org/rfc/rfc7617."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def media_type(headers: httpx.Headers) -> str:
    """The media type that headers name, in lower case and without parameters; empty where they name none."""
    return str(headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _require_readable(headers: httpx.Headers) -> None:
    """Films and the like are not read at all, however small."""
    kind = media_type(headers)
    is_application = kind.startswith("application/") and any(part in kind for part in _NO_TEXT_APPLICATIONS)
    if kind.startswith(_NO_TEXT) or (is_application and not kind.endswith(("xml", "json"))):
        raise FetchError(f"it is {kind[:60]}, and no page, text or feed")


def _redirected(url: httpx.URL, reply: Reply) -> httpx.URL:
    """Where `reply` leads to.

    Raises:
        FetchError: it leads nowhere, or to no web address.
    """
    location = reply.headers.get("Location")
    if not 300 <= reply.status < 400 or location is None:
        raise FetchError(f"{url.host} answers {describe(reply.status)}")
    try:
        target = url.join(location)
    except httpx.InvalidURL as error:
        raise FetchError(f"it redirects to what is no address: {str(error).lower()}") from error
    try:
        return parse_address(str(target)).copy_with(userinfo=b"")
    except FetchError as error:
        raise FetchError(f"it redirects to what is not fetched: {error}") from error


def describe(status: int) -> str:
    """A status code in words."""
    phrase = httpx.codes.get_reason_phrase(status)
    return f"{status} ({phrase})" if phrase else str(status)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when.replace(tzinfo=when.tzinfo or dt.UTC)
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
