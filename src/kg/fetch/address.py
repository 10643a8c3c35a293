"""Addresses that are given or found -> addresses that can be asked."""

from __future__ import annotations

import re
from urllib.parse import unquote

import httpx

from kg.errors import FetchError

_WEB = re.compile(r"https?://", re.IGNORECASE)
_LONGEST = 2000


def is_address(text: str) -> bool:
    """True for what begins as a web address does."""
    return _WEB.match(text) is not None


def parse_address(text: str) -> httpx.URL:
    """The http or https address that `text` is, without its fragment.

    Raises:
        FetchError: it is none.
    """
    text = text.strip()
    if not is_address(text):
        raise FetchError(f'"{_shorten(text)}" is no http or https address')
    try:
        url = httpx.URL(text) if len(text) <= _LONGEST else None
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"the address cannot be used: {str(error).lower()}") from error
    # `port` 0 cannot be asked, and of some hosts nothing is left.
    if url is None or not url.host or url.port == 0:
        raise FetchError("the address cannot be used: " + ("it has no host" if url else "it is too long"))
    return url.copy_with(fragment=None)


def plain(url: httpx.URL) -> str:
    """The address as it may be shown and kept: without a password."""
    return str(url.copy_with(userinfo=b"") if url.userinfo else url)


def credentials(url: httpx.URL) -> tuple[str, str] | None:
    """User and password that an address names, None where it does not."""
    return (unquote(url.username), unquote(url.password)) if url.userinfo else None


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"
