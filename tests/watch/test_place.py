"""What a running service is sent."""

from __future__ import annotations

import dataclasses
import json

import pytest

from kg.fetch import Sender
from kg.settings import Settings
from kg.sources import read_article
from kg.types import Document, Format, Hints, Outcome, Refusal
from kg.watch.place import RunningService
from publishing import Page, publishing
from stories import tell

MARKDOWN = f"""---
title: Kenya condemns closure of bridge
date: 2031-03-03
---
{tell(3)}
"""


def send(*documents: Document | Refusal) -> tuple[list[Outcome], list[tuple[str, bytes]]]:
    """What became of documents, and what the service was sent: media types and bodies."""
    with publishing() as service:
        service["/articles"] = Page(b'{"iri": "http://x.invalid/1"}', status=201)
        settings = Settings(write_token="s3cret")  # type: ignore[arg-type]
        place = RunningService(Sender.open(service.address, settings), 1000)
        outcomes = list(place.store(documents))
        return outcomes, [(one.headers["content-type"], one.body) for one in service.asked]


def test_what_a_service_takes_is_sent_as_it_is() -> None:
    outcomes, sent = send(Document("a.txt", Format.TEXT, b"news"), Refusal("b.txt", "read", "it is bad"))
    assert [(one.name, one.refusal is None) for one in outcomes] == [("a.txt", True), ("b.txt", False)]
    assert sent == [("text/plain", b"news")]


def test_what_it_does_not_take_is_sent_as_json() -> None:
    document = Document("a.md", Format.MARKDOWN, MARKDOWN.encode(), Hints("http://x.invalid/1", section="World"))
    ((outcome,), ((type_, body),)) = send(document)
    assert (outcome.name, outcome.refusal, type_) == ("a.md", None, "application/json")
    assert json.loads(body)["published"] == "2031-03-03"
    # The service reads the same article as would be read here.
    article = read_article(document, 1000)
    assert dataclasses.asdict(read_article(Document("a", Format.JSON, body), 1000)) == dataclasses.asdict(article)


@pytest.mark.parametrize(
    "content", [b"", b"Le ministre a condamn\xc3\xa9 mardi la fermeture du pont entre les deux pays."]
)
def test_what_is_no_article_is_refused_here(content: bytes) -> None:
    ((outcome,), sent) = send(Document("a.md", Format.MARKDOWN, content))
    assert outcome.refusal and outcome.refusal.stage == "read"
    assert sent == []
