"""`/healthz` and `/readyz`: whether the process lives, and whether it can do its work."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from starlette.requests import Request

from kg.errors import BusyError, IndexStoreError, JournalError, KgError, QueryError
from kg.web.querier import Querier, ask

router = APIRouter(tags=["operators"])

_FRESH_SECONDS = 1.0
_PATIENCE_SECONDS = 5.0


class Standing(Protocol):
    """How far the one writer of the data directory is; see `kg.keeper.Standing`."""

    @property
    def sequence(self) -> int:
        """The journal's sequence number."""

    @property
    def published(self) -> int:
        """The sequence number of what queries see."""

    @property
    def generation(self) -> int:
        """The generation that queries see."""

    @property
    def at_work(self) -> bool:
        """Whether something is being written."""


class Keeping(Protocol):
    """The one writer of the data directory; see `kg.keeper.Keeper`."""

    @property
    def standing(self) -> Standing:
        """How far it is; known without asking the disk."""

    def check_writable(self) -> None:
        """Do nothing where the journal can be written.

        Raises:
            JournalError: it cannot.
        """


class Readiness:
    """Whether the service can answer at the journal's sequence number and, where it shall, write.

    One look at a time, in a thread that no query waits for, and none sooner than a second after the last.
    """

    def __init__(self, querier: Querier, keeping: Keeping | None, *, writes: bool) -> None:
        """A service that asks `querier`; that `writes`, or does not; `keeping` is known where it keeps the index."""
        self._querier = querier
        self._keeping = keeping
        self._writes = writes
        self._look_under_way: asyncio.Task[str | None] | None = None
        self._seen: tuple[float, str | None] | None = None

    async def find_trouble(self) -> str | None:
        """In a few words why it is not ready; None where it is. They name no file: strangers may read them."""
        if self._seen and time.monotonic() - self._seen[0] < _FRESH_SECONDS:
            return self._seen[1]
        if self._look_under_way is None or self._look_under_way.done():
            self._look_under_way = asyncio.create_task(asyncio.to_thread(self._look))
        look = self._look_under_way
        done, _ = await asyncio.wait({look}, timeout=_PATIENCE_SECONDS)
        if not done:
            return f"no query was answered within {_PATIENCE_SECONDS:g} s"
        self._seen = (time.monotonic(), look.result())
        return self._seen[1]

    def _look(self) -> str | None:
        try:
            ask(self._querier, "ASK {}")
            if self._keeping:
                standing = self._keeping.standing
                if standing.published != standing.sequence and not standing.at_work:
                    return "the index is behind the journal"
                if self._writes:
                    self._keeping.check_writable()
        except JournalError:
            return "the journal cannot be written"
        except IndexStoreError:
            return "the index cannot be asked"
        except BusyError:
            return None  # too much to do is no reason to be given less of it, or to be started again
        except QueryError:
            return "no query can be answered"
        except KgError:
            return "the service cannot work"
        return None


def get_readiness(request: Request) -> Readiness:
    """What `create_app` made."""
    readiness = request.app.state.readiness
    assert isinstance(readiness, Readiness)
    return readiness


@router.get("/healthz")
async def check_health(response: Response) -> dict[str, str]:
    """Whether the service runs."""
    response.headers["Cache-Control"] = "no-store"
    return {"status": "ok"}


@router.get("/readyz")
async def check_readiness(readiness: Annotated[Readiness, Depends(get_readiness)]) -> Response:
    """Whether the service can answer and, where it shall, write."""
    trouble = await readiness.find_trouble()
    headers = {"Cache-Control": "no-store"}
    if trouble is None:
        return JSONResponse({"status": "ok"}, headers=headers)
    unready = {"status": "unready", "reason": trouble}
    return JSONResponse(unready, HTTPStatus.SERVICE_UNAVAILABLE, {**headers, "Retry-After": "5"})
