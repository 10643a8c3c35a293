"""An attack on the service by strangers, while honest people ask: what came of it.

    python bench/attack.py [--data DIR] [--shots 10000] [--seconds 1200]

`kg serve` is started here, on a copy of a data directory or on one made of data/samples, and attacked from this
machine alone. The command fails where the service fell, where an honest client waited more than twice as long as in
quiet, where a process went past its memory, where anything was written, where a connection was tried to anywhere, where
a page held script that somebody sent, or where an answer was a fault of the service's own.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from hostile import bodies, queries, wire
from hostile.honest import Waits, ask
from hostile.serving import get, make_data, make_environment, serving
from hostile.shooter import Shooter
from hostile.shots import Aim
from hostile.watch import Memory, Trap

KINDS = (*queries.KINDS, *bodies.KINDS, *wire.KINDS)
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
QUIET = 400
TIMES = 2.0  # as long as in quiet an honest client may wait
SERVICE_MB = 1500.0
READER_MB = 2048 + 128 + 64  # KG_QUERY_MEMORY_MB, what the engine needs beside it, and files that are mapped
PARSER_MB = 1024 + 128 + 64


@dataclass(frozen=True, slots=True)
class Kept:
    """What must be the same afterwards: all that the journal says, and the graphs that the service has."""

    journal: str
    graphs: bytes
    counts: bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a data directory; a copy of it is attacked")
    parser.add_argument("--shots", type=int, default=10_000, help="hostile requests")
    parser.add_argument("--connections", type=int, default=16, help="how many at once")
    parser.add_argument("--seconds", type=float, default=1200.0, help="longest time")
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--port", type=int, default=8270)
    parser.add_argument("--log", type=Path, help="where the log of the service is copied")
    parser.add_argument("--kinds", default="", help="only kinds with this in their name")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        faults = run(args, Path(name))
    sys.exit("\n".join(faults) or 0)


def run(args: argparse.Namespace, folder: Path) -> list[str]:
    """Attack; what is not as it must be."""
    data = folder / "data"
    environment = make_environment(args.port)
    make_data(data, args.data, environment)
    trap = Trap()
    aim = Aim(f"127.0.0.1:{args.port}", trap.address, environment["KG_WRITE_TOKEN"])
    kinds = [kind for kind in KINDS if args.kinds in kind.name]
    shooter = Shooter(args.port, aim, kinds, seed=args.seed)
    with serving(data, args.port, environment, folder / "log") as process, honest() as pool:
        before = look(data, args.port)
        quiet = pool.submit(ask, args.port, _set(multiprocessing.Manager()), QUIET).result()
        memory = Memory(process.pid)
        stop = multiprocessing.Manager().Event()
        under = pool.submit(ask, args.port, stop, 0)
        start = time.monotonic()
        shots = shooter.shoot(args.shots, connections=args.connections, until=start + args.seconds)
        sent = asyncio.run(shots)
        took = time.monotonic() - start
        stop.set()
        waits = under.result()
        memory.close()
        has_fallen = process.poll() is not None
        after = None if has_fallen else look(data, args.port)
    trap.close()
    tell(shooter, quiet, waits, memory, sent, took, trap)
    if args.log:
        shutil.copy(folder / "log", args.log)
    log = (folder / "log").read_text("utf-8", "replace")
    return [
        *(f"the service fell: {log[-2000:]}" for _ in [0] if has_fallen),
        *(f"{count} times {fault}" for fault, count in shooter.tally.faults.items()),
        *(f"in the log: {line}" for line in sorted(set(re.findall(r"^[\w.]+(?:Error|Exception|Group).*", log, re.M)))),
        *(f"something was written: {before} {after}" for _ in [0] if after != before),
        *(f"called out: {said!r}" for said in trap.caught),
        *weigh(quiet, waits, memory),
        *([f"only {sent} shots in {took:.0f} s"] if sent < args.shots else []),
    ]


def weigh(quiet: Waits, waits: Waits, memory: Memory) -> Iterator[str]:
    """What is too slow, or too large."""
    if waits.median > TIMES * quiet.median:
        yield f"half of the honest waited longer than {waits.median / quiet.median:.1f} times their quiet time"
    if waits.p95 > TIMES * quiet.p95:
        yield f"one in twenty of the honest waited longer than {waits.p95 / quiet.p95:.1f} times their quiet time"
    yield from (f"an honest request failed: {failure}" for failure in sorted(set(waits.failures))[:10])
    for what, most in (("service", SERVICE_MB), ("reader", READER_MB), ("parser", PARSER_MB)):
        if memory.peaks[what] > most:
            yield f"a {what} held {memory.peaks[what]:.0f} MB, more than {most:.0f}"


def tell(shooter: Shooter, quiet: Waits, waits: Waits, memory: Memory, sent: int, took: float, trap: Trap) -> None:
    print(f"{sent} hostile requests in {took:.0f} s\n\n| kind | requests | answered |\n|---|---|---|")
    for name, statuses in sorted(shooter.tally.statuses.items()):
        told = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        print(f"| {name} | {statuses.total()} | {told} |")
    print("\n| honest requests | how many | failed | median ms | 95th percentile ms |\n|---|---|---|---|---|")
    for what, them in (("quiet", quiet), ("under attack", waits)):
        milliseconds = f"{them.median * 1000:.1f} | {them.p95 * 1000:.1f}"
        print(f"| {what} | {len(them.seconds)} | {len(them.failures)} | {milliseconds} |")
    peaks = ", ".join(f"{what} {size:.0f} MB" for what, size in memory.peaks.items())
    print(f"\nPeaks of memory: {peaks}; all at once {memory.total:.0f} MB. Connections outwards: {len(trap.caught)}.")


@contextmanager
def honest() -> Iterator[ProcessPoolExecutor]:
    """A process for the honest client: nothing that goes on here holds it up."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def _set(manager):  # type: ignore[no-untyped-def]
    event = manager.Event()
    event.set()
    return event


def look(data: Path, port: int) -> Kept:
    """What the service has."""
    with sqlite3.connect(f"file:{data / 'journal.sqlite'}?mode=ro", uri=True) as journal:
        tables = [name for (name,) in journal.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        said = {name: journal.execute(f"SELECT COUNT(*), MAX(rowid) FROM {name}").fetchone() for name in tables}
    counts = f"/sparql?query={quote(COUNTS)}"
    return Kept(str(said), get(port, "/graphs?format=nt"), get(port, counts))


if __name__ == "__main__":
    main()
