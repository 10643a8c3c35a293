from __future__ import annotations

import pytest
from starlette.requests import Request

from kg.web.origin import root_of


@pytest.mark.parametrize(
    ("base", "host", "root_path", "root"),
    [
        ("http://localhost:8000/", "localhost:8000", "", "http://localhost:8000/"),
        ("https://kg.example.org/", "KG.example.org", "", "https://kg.example.org/"),
        ("https://example.org/kg/", "example.org", "", "https://example.org/kg/"),
        ("http://localhost:8000/", "127.0.0.1:9000", "", "http://127.0.0.1:9000/"),
        ("http://localhost:8000/", "[::1]:9000", "", "http://[::1]:9000/"),
        ("http://localhost:8000/", "other.example", "/kg", "http://other.example/kg/"),
        ("http://localhost:8000/", 'x"><script>', "", "http://localhost:8000/"),
        ("http://localhost:8000/", "user@evil.example", "", "http://localhost:8000/"),
        ("http://localhost:8000/", "evil.example/path", "", "http://localhost:8000/"),
        ("http://localhost:8000/", "", "", "http://localhost:8000/"),
    ],
)
def test_root_of(base: str, host: str, root_path: str, root: str) -> None:
    headers = [(b"host", host.encode())]
    scope = {"type": "http", "scheme": "http", "path": "/sparql", "root_path": root_path, "headers": headers}
    scope |= {"server": ("10.0.0.1", 80), "query_string": b""}
    assert root_of(Request(scope), base) == root
