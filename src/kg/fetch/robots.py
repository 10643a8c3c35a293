"""What a host's robots.txt allows: https://www.rfc-editor.org/rfc/rfc9309, with the widely used Crawl-delay.

Read by protego, since the reader of the standard library knows neither wildcards nor that the longest rule decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from kg.errors import FetchError

AGENT = "geokg"
"""The name under which rules are looked for."""
# https://www.rfc-editor.org/rfc/rfc9309#section-2.5: at least so much must be read, and more need not
_MOST_BYTES = 500 * 1024
# https://www.rfc-editor.org/rfc/rfc9309#section-2.4
_KEPT_SECONDS = 86_400.0
_FAILED_SECONDS = 300.0
_LONGEST_DELAY = 60.0

Fetch = Callable[[httpx.URL], bytes | None]
"""Gives what is at an address; None where there is nothing, FetchError where that cannot be told."""


@dataclass(frozen=True, slots=True)
class _Rules:
    until: float
    rules: Protego | None = None
    failure: str = ""


@dataclass(slots=True)
class Robots:
    """The rules of the hosts asked so far."""

    clock: Callable[[], float]
    _known: dict[str, _Rules] = field(default_factory=dict)

    def require(self, url: httpx.URL, fetch: Fetch) -> None:
        """Do nothing where the rules of its host allow `url`; `fetch` gets them where they are not known.

        Raises:
            FetchError: they do not, or cannot be had: then nothing is allowed, as the RFC asks.
        """
        rules = self._rules(url, fetch)
        if rules.failure:
            raise FetchError(rules.failure)
        if rules.rules and not rules.rules.can_fetch(str(url), AGENT):
            raise FetchError(f"the robots.txt of {url.host} does not allow it")

    def delay(self, url: httpx.URL) -> float:
        """Seconds that the host of `url` asks for between two requests, a minute at most."""
        known = self._known.get(_origin(url))
        asked = known.rules.crawl_delay(AGENT) if known and known.rules else None
        return min(float(asked or 0), _LONGEST_DELAY)

    def _rules(self, url: httpx.URL, fetch: Fetch) -> _Rules:
        origin = _origin(url)
        known = self._known.get(origin)
        if known is None or known.until < self.clock():
            known = self._known[origin] = self._fetch(url, fetch)
        return known

    def _fetch(self, url: httpx.URL, fetch: Fetch) -> _Rules:
        try:
            content = fetch(url.copy_with(raw_path=b"/robots.txt", userinfo=b""))
        except FetchError as error:
            return _Rules(self.clock() + _FAILED_SECONDS, failure=str(error))
        if content is None:
            return _Rules(self.clock() + _KEPT_SECONDS)
        text = content[:_MOST_BYTES].decode("utf-8-sig", "replace")
        return _Rules(self.clock() + _KEPT_SECONDS, Protego.parse(text))


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
