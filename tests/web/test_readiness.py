from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import anyio
import pytest

from kg.errors import IndexStoreError, JournalError, KgError, QueryTimeoutError
from kg.settings import Settings
from kg.web import readiness
from kg.web.app import create_app
from kg.web.readiness import Readiness

from .conftest import BASE, TOKEN, Client, FakeIngester, FakeReaders


@dataclass
class FakeKeeping:
    """A keeper, and how far it is."""

    sequence: int = 3
    published: int = 3
    generation: int = 8
    at_work: bool = False
    failing: KgError | None = None

    @property
    def standing(self) -> FakeKeeping:
        return self

    def check_writable(self) -> None:
        if self.failing:
            raise self.failing


LOCKED = JournalError("/data/journal.sqlite: another program holds it")
GONE = IndexStoreError("/data/index has nothing to query yet")


@pytest.mark.parametrize(
    ("keeping", "failing", "writes", "reason"),
    [
        (FakeKeeping(), None, True, None),
        (FakeKeeping(failing=LOCKED), None, False, None),
        (FakeKeeping(failing=LOCKED), None, True, "the journal cannot be written"),
        (FakeKeeping(published=2), None, True, "the index is behind the journal"),
        (FakeKeeping(published=2, at_work=True), None, True, None),
        (FakeKeeping(), GONE, True, "the index cannot be asked"),
        (FakeKeeping(), QueryTimeoutError("busy"), True, "no query can be answered"),
    ],
)
def test_ready_or_why_not(
    readers: FakeReaders, keeping: FakeKeeping, failing: KgError | None, writes: bool, reason: str | None
) -> None:
    readers.failing = failing
    app = create_app(
        Settings(base_iri=BASE, write_token=TOKEN), readers, FakeIngester() if writes else None, keeping=keeping
    )
    response = Client(app).get("/readyz")
    if reason is None:
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
    else:
        assert (response.status_code, response.json()) == (503, {"status": "unready", "reason": reason})
        assert response.headers["retry-after"] == "5"
    assert response.headers["cache-control"] == "no-store"


def test_a_service_without_a_keeper(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


def test_it_looks_once_a_second_at_most(readers: FakeReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    query = readers.query
    monkeypatch.setattr(readers, "query", lambda *args, **options: (looks.append(1), query(*args, **options))[1])
    checked = Readiness(readers, None, writes=False)

    async def look_often() -> None:
        for _ in range(20):
            assert await checked.find_trouble() is None

    anyio.run(look_often)
    assert len(looks) == 1
    monkeypatch.setattr(readiness, "_FRESH_SECONDS", 0.0)
    anyio.run(look_often)
    assert len(looks) == 21


def test_who_waits_too_long_is_told_so(readers: FakeReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    free = threading.Event()
    looks = []

    def hang(*_: object, **__: object) -> object:
        looks.append(1)
        free.wait(10)
        raise QueryTimeoutError("busy")

    monkeypatch.setattr(readers, "query", hang)
    monkeypatch.setattr(readiness, "_PATIENCE_SECONDS", 0.1)
    checked = Readiness(readers, None, writes=False)

    async def look_often() -> None:
        started = time.monotonic()
        reasons = [await checked.find_trouble() for _ in range(3)]
        assert reasons == ["no query was answered within 0.1 s"] * 3
        assert time.monotonic() - started < 5
        free.set()

    anyio.run(look_often)
    assert len(looks) == 1


def test_health_is_answered_while_all_threads_wait(client: Client, readers: FakeReaders) -> None:
    readers.failing = RuntimeError()
    assert client.get("/healthz").json() == {"status": "ok"}
