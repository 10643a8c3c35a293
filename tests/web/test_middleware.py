from __future__ import annotations

from typing import Any

import anyio
import pytest

from .conftest import Client

ADDRESSES = ["/", "/search?q=a", "/healthz", "/sparql", "/sparql?query=ASK{}", "/article/0123456789abcdef", "/ontology"]


@pytest.mark.parametrize("url", [*ADDRESSES, "/state/XXX", "/static/style.css", "/openapi.json"])
def test_head_is_get_without_a_body(client: Client, url: str) -> None:
    got, head = client.get(url), client.request("HEAD", url)
    assert head.status_code == got.status_code
    assert head.content == b"" != got.content
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("url", [*ADDRESSES, "/state/XXX"])
def test_headers_that_keep_a_browser_from_harm(client: Client, url: str) -> None:
    headers = client.get(url, "text/html").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("method", "header", "status"),
    [("GET", "Accept", 200), ("POST", "Content-Type", 200), ("PUT", "Accept", 400), ("POST", "Authorization", 400)],
)
def test_preflight(client: Client, method: str, header: str, status: int) -> None:
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": header,
    }
    response = client.request("OPTIONS", "/sparql", headers=asked)
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (status, "*")


@pytest.mark.parametrize("url", ["/sparql?query=ASK{}", "/sparql?query=x", "/state/ALB", "/context.jsonld"])
def test_pages_of_any_origin_may_read(client: Client, url: str) -> None:
    response = client.request("GET", url, headers={"Origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"


def test_the_description_of_the_interface_is_served_and_no_page_that_loads_scripts(client: Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/articles", "/state/{name}", "/healthz"} <= paths.keys()
    assert [client.get(url).status_code for url in ("/docs", "/redoc")] == [404, 404]


@pytest.mark.parametrize("path", ["/graphs", "/sparql/", "/sparql", "/search", "/"])
def test_a_query_string_may_hold_any_bytes(client: Client, path: str) -> None:
    async def ask() -> list[Any]:
        sent: list[Any] = []
        scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": b"query=\xff",
                 "headers": [(b"host", b"x")], "scheme": "http", "server": ("x", 80), "root_path": ""}  # fmt: skip

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await client.app(scope, receive, send)
        return sent

    assert anyio.run(ask)[0]["status"] < 500
