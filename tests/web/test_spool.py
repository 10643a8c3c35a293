from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator

import anyio
import pytest

from kg.errors import BusyError, IndexStoreError, KgError, QueryRowsError, QueryTimeoutError
from kg.web.spool import PIECE, Room, Spool

CHUNK = b"0123456789abcdef" * 4096


class SlowAnswer:
    """Gives `count` chunks, one each time it is told, or as fast as it can; then fails with `error`, if any."""

    kind = "solutions"
    media_type = "text/csv"
    rows = None
    is_whole = False

    def __init__(self, count: int, *, step: threading.Semaphore | None = None, error: Exception | None = None) -> None:
        self.count = count
        self.given = 0
        self.closed = 0
        self._step = step
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self.count):
            if self._step:
                self._step.acquire()
            if self.closed:
                return
            self.given += 1
            yield CHUNK
        if self._error:
            raise self._error

    def close(self) -> None:
        self.closed += 1
        if self._step:
            self._step.release()


def take(spool: Spool) -> bytes:
    async def all_of_it() -> bytes:
        return b"".join([piece async for piece in spool.pieces()])

    try:
        return anyio.run(all_of_it)
    finally:
        spool.close()


def test_all_is_given_in_order() -> None:
    assert take(Spool(SlowAnswer(50), most_bytes=10**9, room=Room(10**9))) == CHUNK * 50


def test_the_reader_is_free_before_the_client_has_taken_anything() -> None:
    answer = SlowAnswer(50)
    spool = Spool(answer, most_bytes=10**9, room=Room(10**9))
    deadline = time.monotonic() + 5
    while not answer.closed and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (answer.given, answer.closed) == (50, 1)
    assert take(spool) == CHUNK * 50


def test_what_is_there_is_given_before_the_rest_is() -> None:
    step = threading.Semaphore(1)
    answer = SlowAnswer(2, step=step)

    async def first_then_rest() -> tuple[int, bytes]:
        pieces = spool.pieces()
        first = await anext(pieces)
        given = answer.given
        step.release()
        return given, first + b"".join([piece async for piece in pieces])

    spool = Spool(answer, most_bytes=10**9, room=Room(10**9))
    given, everything = anyio.run(first_then_rest)
    spool.close()
    assert (given, everything) == (1, CHUNK * 2)


def test_pieces_are_small() -> None:
    async def longest() -> int:
        return max([len(piece) async for piece in spool.pieces()])

    spool = Spool(SlowAnswer(100), most_bytes=10**9, room=Room(10**9))
    assert anyio.run(longest) <= PIECE
    spool.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("answer", "most", "error"),
    [
        (SlowAnswer(3, error=QueryTimeoutError("late")), 10**9, QueryTimeoutError),
        (SlowAnswer(30), 10 * len(CHUNK), QueryRowsError),
        (SlowAnswer(3, error=AssertionError("a fault of ours")), 10**9, KgError),
    ],
)
def test_what_goes_wrong_comes_after_what_was_given(answer: SlowAnswer, most: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        take(Spool(answer, most_bytes=most, room=Room(10**9)))
    assert answer.closed


def test_the_reader_is_let_go_where_there_is_no_place_for_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    answer = SlowAnswer(1)
    with pytest.raises(IndexStoreError, match="TMPDIR"):
        Spool(answer, most_bytes=10**9, room=Room(10**9))
    assert answer.closed


def test_closing_early_lets_go_of_reader_and_file() -> None:
    answer = SlowAnswer(5, step=threading.Semaphore(1))
    spool = Spool(answer, most_bytes=10**9, room=Room(10**9))
    spool.close()
    spool.close()
    assert answer.closed
    assert not spool._thread.is_alive()


def test_all_spools_together_have_so_much_room() -> None:
    room = Room(len(CHUNK) * 8)
    first = Spool(SlowAnswer(5), most_bytes=10**9, room=room)
    first._thread.join()
    assert take(Spool(SlowAnswer(3), most_bytes=10**9, room=room)) == CHUNK * 3
    with pytest.raises(BusyError):
        take(Spool(SlowAnswer(9), most_bytes=10**9, room=room))
    first.close()
    assert take(Spool(SlowAnswer(8), most_bytes=10**9, room=room)) == CHUNK * 8
