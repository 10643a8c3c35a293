"""Documents to a running service: `POST /articles`, one at a time, with the token."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlencode

import httpcore
import httpx

from kg.errors import FetchError, ServiceError, SettingError
from kg.fetch.address import parse_address, plain
from kg.fetch.client import describe, user_agent
from kg.fetch.connection import Reply, Requester
from kg.settings import Settings
from kg.types import Document, Format, Outcome, Refusal

_TYPES = {Format.TEXT: "text/plain", Format.HTML: "text/html", Format.JSON: "application/json"}
SENT_FORMATS = frozenset(_TYPES)
"""What a service takes."""
# What is due to this article: another may go in.
_ITS_OWN_FAULT = (
    httpx.codes.REQUEST_ENTITY_TOO_LARGE,
    httpx.codes.UNSUPPORTED_MEDIA_TYPE,
    httpx.codes.INTERNAL_SERVER_ERROR,
)
# To read a long article, and wait for those before it.
_SECONDS = 300.0
_MAX_ANSWER = 10_000_000


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to the service at `address`, which ends in a slash."""

    address: httpx.URL
    token: str
    requester: Requester
    user_agent: str

    @classmethod
    def open(cls, address: str, settings: Settings) -> Self:
        """A sender to the service at `address`, with the token of the settings.

        Raises:
            SettingError: the address is none, or there is no token.
        """
        try:
            url = parse_address(address)
        except FetchError as error:
            raise SettingError(f"--to {address}: {error}") from error
        if settings.write_token is None:
            raise SettingError("set KG_WRITE_TOKEN to the token of the service that --to names")
        path = url.raw_path.partition(b"?")[0].rstrip(b"/") + b"/"
        requester = Requester(_SECONDS, _MAX_ANSWER, httpcore.default_ssl_context())
        token = settings.write_token.get_secret_value()
        return cls(url.copy_with(raw_path=path), token, requester, user_agent(settings))

    @property
    def name(self) -> str:
        """The address of the service as it may be shown."""
        return plain(self.address)

    def send(self, document: Document) -> Outcome:
        """What became of `document`, which is in one of `SENT_FORMATS`.

        Raises:
            ServiceError: the service cannot take it now, but may later.
            SettingError: it will never take anything: the address or the token is wrong.
        """
        given = {name: str(value) for name, value in asdict(document.hints).items() if value}
        target = f"articles?{urlencode(given)}" if given else "articles"
        url = self.address.copy_with(raw_path=self.address.raw_path + target.encode())
        headers = {
            "Host": url.netloc.rpartition(b"@")[2].decode("ascii"),
            "User-Agent": self.user_agent,
            "Authorization": f"Bearer {self.token}",
            "Content-Type": _TYPES[document.format],
            "Content-Length": str(len(document.content)),
            "Connection": "close",
        }
        try:
            reply = self.requester.post(url, headers, document.content)
        except FetchError as error:
            raise ServiceError(f"{self.name} takes nothing now: {error}") from error
        return self._outcome(document, reply)

    def _outcome(self, document: Document, reply: Reply) -> Outcome:
        said = _read_object(reply.content)
        detail = str(said.get("detail") or describe(reply.status))
        if reply.status == httpx.codes.CREATED:
            return Outcome(document.name, str(said.get("iri")))
        if reply.status == httpx.codes.UNPROCESSABLE_ENTITY:
            return _refused(document, detail, str(said.get("stage") or "read"))
        if reply.status in _ITS_OWN_FAULT:
            return _refused(document, detail)
        if reply.status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT) or reply.status > 500:
            raise ServiceError(f"{self.name} takes nothing now: {detail}")
        raise SettingError(f"{self.name} takes no articles ({reply.status}): {detail}; check --to and KG_WRITE_TOKEN")


def _read_object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _refused(document: Document, reason: str, stage: str = "send") -> Outcome:
    return Outcome(document.name, refusal=Refusal(document.name, stage, reason))
