from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client


@pytest.fixture
def paths(client: Client) -> dict[str, Any]:
    found = client.get("/openapi.json").json()["paths"]
    assert isinstance(found, dict)
    return found


def test_every_answer_says_what_it_is(paths: dict[str, Any]) -> None:
    silent = [
        (path, method)
        for path, operations in paths.items()
        for method, operation in operations.items()
        for status, response in operation["responses"].items()
        if not response.get("content") and status != "204"
    ]
    assert silent == []


def test_nobody_is_told_of_a_form_of_errors_that_is_not_ours(client: Client) -> None:
    assert "ValidationError" not in client.get("/openapi.json").text


@pytest.mark.parametrize(
    ("url", "accept", "path"),
    [
        ("/", "text/html", "/"),
        ("/search?q=" + "a" * 300, "", "/search"),
        ("/state/ALB", "text/turtle", "/state/{name}"),
        ("/state/XXX", "", "/state/{name}"),
        ("/state/ALB", "image/png", "/state/{name}"),
        ("/ontology", "application/ld+json", "/ontology"),
        ("/shapes", "text/html", "/shapes"),
        ("/sparql", "", "/sparql"),
        ("/sparql?query=ASK{}", "text/csv", "/sparql"),
        ("/sparql?query=nonsense", "", "/sparql"),
        ("/sparql?update=x", "", "/sparql"),
        ("/context.jsonld", "", "/context.jsonld"),
        ("/healthz", "", "/healthz"),
    ],
)
def test_what_comes_is_described(client: Client, paths: dict[str, Any], url: str, accept: str, path: str) -> None:
    response = client.get(url, accept or None)
    described = paths[path]["get"]["responses"][str(response.status_code)]["content"]
    assert response.headers["content-type"].partition(";")[0] in described


@pytest.mark.parametrize(("path", "media_type"), [("/sparql", "application/sparql-query"), ("/articles", "text/html")])
def test_what_may_be_sent_is_described(paths: dict[str, Any], path: str, media_type: str) -> None:
    assert media_type in paths[path]["post"]["requestBody"]["content"]
    assert {"413", "415", "408", "429"} <= set(paths[path]["post"]["responses"])


def test_only_articles_are_gone(paths: dict[str, Any]) -> None:
    assert [path for path, operations in paths.items() if "410" in operations.get("get", {}).get("responses", {})] == [
        "/article/{name}"
    ]
