from __future__ import annotations

import datetime as dt

import pytest

from kg.errors import ServiceError, SettingError
from kg.fetch import Sender
from kg.settings import Settings
from kg.types import Document, Format, Hints, Outcome, Refusal
from publishing import Page, Publisher

DOCUMENT = Document(
    "a.html", Format.HTML, b"<p>News</p>", Hints("http://x.invalid/?a=b&c", dt.date(2031, 3, 3), "É", "W")
)
IRI = "http://localhost:8000/article/1"


def answer(body: str, status: int) -> Page:
    return Page(body.encode(), type="application/json", status=status)


def sender(publisher: Publisher, path: str = "") -> Sender:
    return Sender.open(publisher.url(path), Settings(write_token="s3cret"))  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["", "/"])
def test_an_article_is_sent_with_the_token(publisher: Publisher, path: str) -> None:
    publisher["/articles"] = answer(f'{{"iri": "{IRI}"}}', 201)
    assert sender(publisher, path).send(DOCUMENT) == Outcome("a.html", IRI)
    (asked,) = publisher.asked
    query = "url=http%3A%2F%2Fx.invalid%2F%3Fa%3Db%26c&published=2031-03-03&title=%C3%89&section=W"
    assert (asked.path, asked.body) == (f"/articles?{query}", b"<p>News</p>")
    assert asked.headers["authorization"] == "Bearer s3cret"
    assert asked.headers["content-type"] == "text/html"


def test_a_service_may_be_below_a_path(publisher: Publisher) -> None:
    publisher["/kg/articles"] = answer("{}", 201)
    assert sender(publisher, "/kg").send(DOCUMENT).refusal is None


@pytest.mark.parametrize(
    "page, stage, reason",
    [
        (answer('{"detail": "not English", "stage": "read"}', 422), "read", "not English"),
        (answer('{"detail": "no evidence", "stage": "shacl"}', 422), "shacl", "no evidence"),
        (answer("nothing that is JSON", 422), "read", "422 (Unprocessable Entity)"),
        (answer('{"detail": "too large"}', 413), "send", "too large"),
        (answer('{"detail": "our fault"}', 500), "send", "our fault"),
        (answer("[]", 415), "send", "415 (Unsupported Media Type)"),
    ],
)
def test_what_a_service_refuses(publisher: Publisher, page: Page, stage: str, reason: str) -> None:
    publisher["/articles"] = page
    assert sender(publisher).send(DOCUMENT).refusal == Refusal("a.html", stage, reason)


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_what_may_go_well_later(publisher: Publisher, status: int) -> None:
    publisher["/articles"] = answer('{"detail": "later"}', status)
    with pytest.raises(ServiceError, match="takes nothing now: later"):
        sender(publisher).send(DOCUMENT)


def test_a_service_that_is_away(publisher: Publisher) -> None:
    away = Sender.open("http://127.0.0.1:1/", Settings(write_token="s3cret"))  # type: ignore[arg-type]
    with pytest.raises(ServiceError, match=r"takes nothing now: 127\.0\.0\.1 cannot be reached: Connection refused"):
        away.send(DOCUMENT)


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 405])
def test_what_will_never_go_well(publisher: Publisher, status: int) -> None:
    publisher["/articles"] = answer('{"detail": "never"}', status)
    with pytest.raises(SettingError, match=rf"takes no articles \({status}\): never; check --to and KG_WRITE_TOKEN"):
        sender(publisher).send(DOCUMENT)


def test_what_cannot_be_opened() -> None:
    with pytest.raises(SettingError, match="set KG_WRITE_TOKEN"):
        Sender.open("http://x.invalid/", Settings())
    with pytest.raises(SettingError, match=r"--to here: .* is no http or https address"):
        Sender.open("here", Settings(write_token="s3cret"))  # type: ignore[arg-type]
