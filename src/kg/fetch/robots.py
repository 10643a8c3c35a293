"""What a host's robots.txt allows: https://www.rfc-editor.org/rfc/rfc9309, with the widely used Crawl-delay.

Read by protego, since the reader of the standard library knows neither wildcards nor that the longest rule decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx
from protego import Protego

from kg.errors import FetchError
from kg.fetch.reach import Reach

AGENT = "geokg"
"""The name under which rules are looked for."""
# https://www.rfc-editor.org/rfc/rfc9309#section-2.5: at least so much must be read, and more need not
_MOST_BYTES = 500 * 1024
# https://www.rfc-editor.org/rfc/rfc9309#section-2.4
_KEPT_SECONDS = 86_400.0
_FAILED_SECONDS = 300.0
_LONGEST_DELAY = 60.0

Fetch = Callable[[httpx.URL, Reach | None], bytes | None]
"""What is at an address, which may be so near: None where there is nothing, FetchError where that cannot be told."""


@dataclass(slots=True)
class Robots:
    """The rules of the hosts asked so far, each with the time until which they hold."""

    clock: Callable[[], float]
    _rules: dict[str, tuple[Protego | None, float]] = field(default_factory=dict)
    _failures: dict[tuple[str, Reach | None], tuple[str, float]] = field(default_factory=dict)

    def require(self, url: httpx.URL, fetch: Fetch, limit: Reach | None) -> None:
        """Do nothing where the rules of its host allow `url`; `fetch` gets them, no nearer than `limit`.

        Raises:
            FetchError: they do not, or cannot be had: then nothing is allowed, as the RFC asks.
        """
        origin = _origin(url)
        rules, until = self._rules.get(origin, (None, -1.0))
        if until < self.clock():
            rules = self._fetch(url, fetch, limit)
            self._rules[origin] = rules, self.clock() + _KEPT_SECONDS
        if rules and not rules.can_fetch(str(url), AGENT):
            raise FetchError(f"the robots.txt of {url.host} does not allow it")

    def delay(self, url: httpx.URL) -> float:
        """Seconds that the host of `url` asks for between two requests, a minute at most."""
        rules, _ = self._rules.get(_origin(url), (None, 0.0))
        asked = rules.crawl_delay(AGENT) if rules else None
        return min(float(asked or 0), _LONGEST_DELAY)

    def _fetch(self, url: httpx.URL, fetch: Fetch, limit: Reach | None) -> Protego | None:
        """The rules; where they could not be had a moment ago, the same failure again without asking."""
        key = (_origin(url), limit)
        failure, until = self._failures.get(key, ("", -1.0))
        if until >= self.clock():
            raise FetchError(failure)
        try:
            content = fetch(url.copy_with(raw_path=b"/robots.txt", userinfo=b""), limit)
        except FetchError as error:
            self._failures[key] = str(error), self.clock() + _FAILED_SECONDS
            raise
        return None if content is None else Protego.parse(content[:_MOST_BYTES].decode("utf-8-sig", "replace"))


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.rpartition(b'@')[2].decode('ascii')}"
