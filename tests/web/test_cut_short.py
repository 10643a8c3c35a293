from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from kg.errors import KgError, QueryRowsError, QueryTimeoutError
from kg.web.cut_short import CutShort, note_cut_short

from .conftest import Client, FakeAnswer, FakeReaders

QUERY = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o }", "format": "csv"})


@dataclass
class Broken(FakeAnswer):
    """An answer of like rows that breaks off."""

    error: KgError = field(kw_only=True)

    def __iter__(self) -> Iterator[bytes]:
        yield b"s,p,o\r\n" * 100
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"), [(QueryRowsError("more rows than are given"), 403), (QueryTimeoutError("past its time"), 504)]
)
def test_a_client_that_has_nothing_yet_gets_the_error(
    make_client: Callable[..., Client],
    readers: FakeReaders,
    monkeypatch: pytest.MonkeyPatch,
    error: KgError,
    status: int,
) -> None:
    monkeypatch.setattr(
        readers, "query", lambda *_, **__: Broken("solutions", "text/csv", b"", is_whole=False, error=error)
    )
    response = make_client().request("GET", QUERY, headers={"Accept-Encoding": "zstd"})
    assert response.status_code == status
    assert response.json()["detail"] == str(error)
    assert "content-encoding" not in response.headers and "etag" not in response.headers


@pytest.mark.parametrize("is_noted", [True, False])
def test_nothing_is_added_to_what_has_begun(is_noted: bool) -> None:
    sent: list[Message] = [
        {"type": "http.response.start", "status": 200, "headers": []},
        {"type": "http.response.body", "body": b"some", "more_body": True},
    ]
    came: list[Message] = []

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        for message in sent:
            await send(message)
        if is_noted:
            note_cut_short(scope, QueryRowsError("more rows than are given"))

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        came.append(message)

    anyio.run(CutShort(app), {"type": "http", "headers": []}, receive, send)
    assert came == sent
