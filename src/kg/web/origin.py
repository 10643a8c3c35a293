"""Where the service is reached: at the base of its IRIs, or at another address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request

# RFC 3986, 3.2: a host and perhaps a port, without what would break out of a link.
_AUTHORITY = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def root_of(request: Request, base_iri: str) -> str:
    """The address of the service as whoever asks knows it, ending in a slash.

    It is `base_iri` wherever its host is asked for: a proxy in front may hide path and scheme from us.
    """
    host = request.headers.get("host", "")
    if host.lower() == urlsplit(base_iri).netloc.lower() or not _AUTHORITY.fullmatch(host):
        return base_iri
    path = str(request.scope.get("root_path", "")).rstrip("/")
    return f"{request.url.scheme}://{host}{path}/"
