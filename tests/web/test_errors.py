from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg import errors
from kg.web.errors import STATUS, get_status

from .conftest import Client, FakeReaders


def subclasses(kind: type[errors.KgError]) -> Iterator[type[errors.KgError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from subclasses(below)


@pytest.mark.parametrize("kind", list(subclasses(errors.KgError)))
def test_every_error_has_a_status_of_its_own_branch(kind: type[errors.KgError]) -> None:
    named = next(above for above in kind.__mro__ if above in STATUS)
    assert get_status(kind("x")) == STATUS[named]
    assert kind in (errors.KgError, errors.QueryError) or named is not errors.KgError


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.QueryTimeoutError("it took too long"), 504),
        (errors.QueryMemoryError("it took too much"), 503),
        (errors.IndexStoreError("there is no index yet"), 503),
    ],
)
@pytest.mark.parametrize("url", ["/", "/state/ALB", "/search?q=a"])
def test_a_failing_index(client: Client, readers: FakeReaders, url: str, error: errors.KgError, status: int) -> None:
    readers.failing = error
    page, problem = client.get(url, "text/html"), client.get(url)
    assert (page.status_code, problem.status_code) == (status, status)
    assert str(error) in page.text
    assert problem.json() == {
        "type": "about:blank",
        "title": problem.json()["title"],
        "status": status,
        "detail": str(error),
    }


def test_a_bug_is_not_hidden(client: Client, readers: FakeReaders) -> None:
    readers.failing = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        client.get("/")
