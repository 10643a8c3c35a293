"""Shots -> what came of each. Some connections shoot at once; those that are to hang are left hanging beside them."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from hostile.shots import MARK, Aim, Kind, Manner, Shot

_MOST_TAKEN = 30_000_000  # bytes of one answer
_MOST_LOOKED_AT = 1_000_000
_MOST_HANGING = 400
_HANG_SECONDS = 40.0
_STEP = 1 << 16


@dataclass(slots=True)
class Tally:
    """What came of the shots: statuses by kind, and what must not be."""

    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)

    def add(self, kind: Kind, status: str) -> None:
        self.statuses.setdefault(kind.name, Counter())[status] += 1


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: the status is empty where none came."""

    status: str
    media_type: str = ""
    body: bytes = b""


class Shooter:
    """Sends shots to one port of this machine."""

    def __init__(self, port: int, aim: Aim, kinds: Sequence[Kind], *, seed: int) -> None:
        self.tally = Tally()
        self._port = port
        self._aim = aim
        self._kinds = kinds
        self._random = random.Random(seed)
        self._hanging: set[asyncio.Task[None]] = set()

    async def shoot(self, count: int, *, connections: int, until: float) -> int:
        """Send `count` shots, so many at once, at most until the monotonic time `until`; how many were sent."""
        shares = [kind.share for kind in self._kinds]
        chosen = iter(self._random.choices(self._kinds, shares, k=count))
        sent = 0

        async def work() -> None:
            nonlocal sent
            for kind in chosen:
                if time.monotonic() > until:
                    return
                sent += 1
                await self._shoot_one(kind)

        await asyncio.gather(*(work() for _ in range(connections)))
        for task in self._hanging:
            task.cancel()
        await asyncio.gather(*self._hanging, return_exceptions=True)
        return sent

    async def _shoot_one(self, kind: Kind) -> None:
        shot = kind.make(self._random, self._aim)
        try:
            reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", self._port), 10)
        except (OSError, TimeoutError):
            self.tally.faults[f"{kind.name}: no connection"] += 1
            return
        if shot.manner is not Manner.PLAIN:
            self.tally.add(kind, shot.manner.value)
            if len(self._hanging) < _MOST_HANGING:
                task = asyncio.create_task(self._hang(shot, reader, writer))
                self._hanging.add(task)
                task.add_done_callback(self._hanging.discard)
            else:
                writer.close()
            return
        try:
            async with asyncio.timeout(kind.patience):
                await self._exchange(kind, shot, reader, writer)
        except TimeoutError:
            self.tally.add(kind, "no answer")
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
            self.tally.add(kind, "closed")
        finally:
            writer.close()

    async def _exchange(
        self, kind: Kind, shot: Shot, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        sending = asyncio.create_task(_send(writer, shot.payload))
        try:
            is_head = shot.payload.startswith(b"HEAD")
            for _ in range(shot.answers):
                answer = await _take(reader, is_head=is_head)
                self.tally.add(kind, answer.status)
                if answer.status.startswith("5") and answer.status not in ("503", "504", "501"):
                    self.tally.faults[f"{kind.name}: {answer.status} to {shot.payload[:150]!r}"] += 1
                if answer.media_type == "text/html" and MARK.encode() in answer.body:
                    self.tally.faults[f"{kind.name}: script in a page, to {shot.payload[:300]!r}"] += 1
        finally:
            sending.cancel()

    async def _hang(self, shot: Shot, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(_HANG_SECONDS):
                match shot.manner:
                    case Manner.GONE:
                        writer.write(shot.payload)
                        await asyncio.sleep(0.05)
                    case Manner.DRIP:
                        for i in range(len(shot.payload)):
                            if writer.transport.is_closing():
                                break
                            writer.write(shot.payload[i : i + 1])
                            await asyncio.sleep(0.5)
                    case Manner.SIP:
                        writer.transport.pause_reading()  # type: ignore[attr-defined]
                        await _send(writer, shot.payload)
                        writer.transport.resume_reading()  # type: ignore[attr-defined]
                        while await reader.read(4096):
                            await asyncio.sleep(1)
                    case _:
                        writer.transport.pause_reading()  # type: ignore[attr-defined]
                        await _send(writer, shot.payload)
                        await asyncio.sleep(_HANG_SECONDS)
        writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, payload: bytes) -> None:
    with suppress(OSError):
        for start in range(0, len(payload), _STEP):
            if writer.transport.is_closing():
                return
            writer.write(payload[start : start + _STEP])
            await writer.drain()


async def _take(reader: asyncio.StreamReader, *, is_head: bool) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    status = status_line.split(" ")[1]
    media_type = headers.get("content-type", "").partition(";")[0]
    if status == "100":
        return await _take(reader, is_head=is_head)
    if is_head or status in ("204", "304"):
        return Answer(status, media_type)
    looked_at = bytearray()
    taken = 0
    async for piece in _pieces(reader, headers):
        taken += len(piece)
        if len(looked_at) < _MOST_LOOKED_AT:
            looked_at += piece
        if taken > _MOST_TAKEN:
            raise ValueError
    return Answer(status, media_type, bytes(looked_at))


async def _pieces(reader: asyncio.StreamReader, headers: dict[str, str]):  # type: ignore[no-untyped-def]
    if headers.get("transfer-encoding") == "chunked":
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            yield await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
        return
    left = int(headers.get("content-length", "0"))
    while left and (piece := await reader.read(min(left, _STEP))):
        left -= len(piece)
        yield piece
    if left:
        raise asyncio.IncompleteReadError(b"", left)
