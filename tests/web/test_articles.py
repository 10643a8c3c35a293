from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable

import pytest

from kg.types import Document, Format, Hints, Refusal, Report, Violation

from .conftest import ARTICLE, TOKEN, Client, FakeIngester, FakeOutcome

TEXT = {"Content-Type": "text/plain"}


def post(
    client: Client,
    content: bytes | AsyncIterator[bytes] = b"words",
    url: str = "/articles",
    token: str = f"Bearer {TOKEN}",
    media_type: str | None = "text/plain",
) -> object:
    headers = {"Authorization": token} | ({"Content-Type": media_type} if media_type else {})
    return client.request("POST", url, content=content, headers=headers)


@pytest.mark.parametrize(
    ("media_type", "format"),
    [
        ("text/plain", Format.TEXT),
        ("text/html; charset=utf-8", Format.HTML),
        ("application/xhtml+xml", Format.HTML),
        ("Application/JSON", Format.JSON),
    ],
)
def test_an_article_goes_in(client: Client, ingester: FakeIngester, media_type: str, format: Format) -> None:
    url = "/articles?url=https://example.org/a&published=2024-01-09"
    response = post(client, b"\xffany bytes", url, media_type=media_type)
    assert response.status_code == 201
    assert response.json() == {"iri": ARTICLE}
    assert response.url.join(response.headers["location"]).path == "/article/0123456789abcdef"
    hints = Hints("https://example.org/a", dt.date(2024, 1, 9))
    assert ingester.documents == [Document("request body", format, b"\xffany bytes", hints)]


@pytest.mark.parametrize(
    ("token", "status"),
    [
        ("", 401),
        ("Bearer", 401),
        ("Bearer wrong", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        ("Bearer töken", 401),
        (f"bearer {TOKEN}", 201),
    ],
)
def test_the_token_is_needed(client: Client, ingester: FakeIngester, token: str, status: int) -> None:
    headers = [(b"authorization", token.encode("latin-1")), (b"content-type", b"text/plain")]
    response = client.request("POST", "/articles", content=b"words", headers=headers)
    assert response.status_code == status
    assert response.headers.get("www-authenticate", "").startswith("Bearer") == (status == 401)
    assert len(ingester.documents) == (status == 201)
    assert TOKEN not in response.text


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"write_token": None}, "KG_WRITE_TOKEN"),
        ({"write_token": ""}, "KG_WRITE_TOKEN"),
        ({"read_only": True}, "only reads"),
    ],
)
def test_nobody_may_write(make_client: Callable[..., Client], settings: dict[str, object], words: str) -> None:
    response = post(make_client(**settings), token="Bearer ")
    assert response.status_code == 403
    assert words in response.json()["detail"]


async def in_chunks() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"a" * 400


@pytest.mark.parametrize("content", [b"a" * 1001, in_chunks()])
def test_a_body_may_be_too_long(
    make_client: Callable[..., Client], ingester: FakeIngester, content: bytes | AsyncIterator[bytes]
) -> None:
    response = post(make_client(max_body_mb=0.001), content)
    assert response.status_code == 413
    assert "0.001 MB" in response.json()["detail"]
    assert ingester.documents == []


@pytest.mark.parametrize("media_type", [None, "application/pdf", "text"])
def test_other_media_types(client: Client, ingester: FakeIngester, media_type: str | None) -> None:
    response = post(client, media_type=media_type)
    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]
    assert ingester.documents == []


def test_a_bad_date(client: Client) -> None:
    response = post(client, url="/articles?published=yesterday")
    assert response.status_code == 400
    assert "published" in response.json()["detail"]


def test_a_refused_article(client: Client, ingester: FakeIngester) -> None:
    ingester.outcome = FakeOutcome(refusal=Refusal("request body", "sources", "the text is French, not English"))
    response = post(client)
    assert response.status_code == 422
    assert (response.json()["detail"], response.json()["stage"]) == ("the text is French, not English", "sources")


def test_an_article_that_does_not_conform(client: Client, ingester: FakeIngester) -> None:
    violation = Violation("<http://x/e>", "<http://x/p>", None, "<http://x/c>", "An event has one category.")
    refusal = Refusal("request body", "shacl", "its graph does not conform")
    ingester.outcome = FakeOutcome(refusal=refusal, report=Report((violation,)))
    response = post(client)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert response.json()["report"] == {
        "conforms": False,
        "results": [
            {
                "focusNode": "<http://x/e>",
                "resultPath": "<http://x/p>",
                "value": None,
                "sourceConstraintComponent": "<http://x/c>",
                "resultMessage": "An event has one category.",
            }
        ],
    }
