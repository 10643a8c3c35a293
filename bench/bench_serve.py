"""Articles in a folder -> how fast `kg serve` answers, with `oxigraph serve` and rdflib-endpoint beside it.

    python bench/bench_serve.py CORPORA [--write]

All on one machine in one run, over the same graph: the articles of CORPORA/data/articles, and copies of them
(`serve_data`). What is asked is in `serve_mix`, who asks in `serve_clients`, who answers in `serve_peers`. First each
server answers each question once and the answers are compared; then the servers take turns. Tables are printed in
Markdown, and with `--write` go into docs/measuring.md; everything measured goes into WORK/serve.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random

sys.path.append(str(Path(__file__).parents[1] / "training"))

import serve_mix
import tables
from serve_answers import SAME, check
from serve_clients import Order, Taken
from serve_data import SIZES, Dataset, ingest, make_dataset
from serve_figures import Window, serve_tables
from serve_peers import Ours, Oxigraph, Rdflib, Running, Server, install_peers, run

BENCH = Path(__file__).parent
PAGE = BENCH.parent / "docs" / "measuring.md"
WORK = BENCH.parent / "build" / "serve"
MOST_ROUNDS = 400
ROUNDS_AGAIN = 20
MOST_LEAST = 60_000
LEAST_SECONDS = 4.0
LIMIT_ROUNDS = 20
"""A window that takes that many times the seconds asked for ends in the middle of a round."""

Rounds = list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure: windows of `seconds`, `turns` of each; `patience` is how long a question may take at first."""

    clients: tuple[int, ...]
    seconds: float
    turns: int
    patience: float
    port: int


def main() -> None:
    args = read_arguments()
    plan = Plan(tuple(args.clients), args.seconds, args.turns, args.patience, args.port)
    programs = install_peers(args.peers or args.work / "peers")
    servers = [one for one in (Ours(), Oxigraph(programs), Rdflib(programs)) if one.name in args.servers]
    base = args.base or ingest(args.corpora / "data" / "articles", args.work / "base")
    sizes = dict.fromkeys([args.size, *args.growth])
    datasets = {size: make_dataset(base, args.work / f"bench-data-{size}", SIZES[size]) for size in sizes}
    found = {
        "size": args.size,
        "counts": {size: dataset.counts for size, dataset in datasets.items()},
        "ceiling": {clients: measure_ceiling(clients, plan) for clients in plan.clients},
        **compare(servers, datasets[args.size], plan),
        "growth": {size: grow(servers, datasets[size], plan) for size in args.growth},
    }
    (args.work / "serve.json").write_text(json.dumps(found, default=asdict), "utf-8")
    written = serve_tables(found)
    if args.write:
        PAGE.write_text(tables.fill(PAGE.read_text("utf-8"), written), "utf-8")
    print("\n\n".join(f"{name}\n\n{table}" for name, table in written.items()))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [Ours.name, Oxigraph.name, Rdflib.name]
    parser.add_argument("corpora", type=Path, help="the folder of corpora")
    parser.add_argument("--base", type=Path, help="a data directory of these articles, instead of reading them")
    parser.add_argument("--work", type=Path, default=WORK, help="where the data is made and kept (build/serve)")
    parser.add_argument("--peers", type=Path, help="environment of the peers, made if missing (WORK/peers)")
    parser.add_argument("--servers", nargs="+", choices=names, default=names)
    parser.add_argument("--size", choices=SIZES, default="1m", help="triples to compare at (1m)")
    parser.add_argument("--growth", nargs="*", choices=SIZES, default=list(SIZES), help="triples to see growth over")
    parser.add_argument("--clients", nargs="+", type=int, default=[1, 16])
    parser.add_argument("--seconds", type=float, default=15, help="of one window (15)")
    parser.add_argument("--turns", type=int, default=3, help="windows of each server (3; rdflib-endpoint has one)")
    parser.add_argument("--patience", type=float, default=60, help="seconds a question may take at first (60)")
    parser.add_argument("--port", type=int, default=8260, help="the first of four ports in a row (8260)")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/measuring.md")
    return parser.parse_args()


def compare(servers: Sequence[Server], dataset: Dataset, plan: Plan) -> dict[str, object]:
    """Whether the answers are the same, and every window."""
    names = serve_mix.find_names(dataset.union)
    draw = serve_mix.distinct(names, seed=0)
    answers = check_all(servers, dataset, next(draw), plan)
    windows: list[Window] = []
    with ExitStack() as stack:
        running = [stack.enter_context(run(one, dataset, plan.port + i)) for i, one in enumerate(servers)]
        for turn in range(plan.turns):
            for clients in plan.clients:
                orders = {
                    "distinct": to_rounds(islice(draw, MOST_ROUNDS), turn),
                    "repeated": to_rounds([serve_mix.repeated()] * ROUNDS_AGAIN, turn),
                    "least": to_rounds(serve_mix.least(MOST_LEAST, turn), turn),
                }
                for mode, rounds in orders.items():
                    for one in running[turn % len(running) :] + running[: turn % len(running)]:
                        if turn < one.server.turns:
                            asked = leave_out(rounds, answers[one.server.name])
                            if mode == "repeated" and not turn and clients == plan.clients[0]:
                                ask_once(one, asked[0], plan)
                            windows.append(measure(one, mode, clients, turn, asked, plan))
    return {"answers": answers, "windows": windows}


def check_all(
    servers: Sequence[Server], dataset: Dataset, drawn: Mapping[str, str], plan: Plan
) -> dict[str, dict[str, str]]:
    """By server and question, whether it gives the answer that the first server gives."""
    texts = {(kind, text) for asked in (serve_mix.repeated(), drawn) for kind, text in asked.items()}
    known: dict[str, object] = {}
    found: dict[str, dict[str, str]] = {}
    for server in servers:
        print(f"{server.name}: checking its answers", file=sys.stderr)
        found[server.name] = check(server, dataset, sorted(texts), known, port=plan.port, patience=plan.patience)
    return found


def to_rounds(texts: Iterable[Mapping[str, str]], seed: int) -> Rounds:
    draw = Random(seed)
    return [serve_mix.shuffled(one, draw) for one in texts]


def leave_out(rounds: Rounds, answers: Mapping[str, str]) -> Rounds:
    """The rounds without what the server could not answer."""
    return [[(kind, text) for kind, text in one if answers.get(kind, SAME) == SAME] for one in rounds]


def ask_once(one: Running, texts: Sequence[tuple[str, str]], plan: Plan) -> None:
    """Ask a round that is not measured: what is asked again has been asked before."""
    limit = len(texts) * plan.patience
    ask(Order(one.port, one.server.path, 1, limit, limit, [list(texts)], again=False))


def measure(one: Running, mode: str, clients: int, turn: int, rounds: Rounds, plan: Plan) -> Window:
    """One window."""
    seconds = LEAST_SECONDS if mode == "least" else plan.seconds
    again = mode == "repeated"
    order = Order(one.port, one.server.path, clients, seconds, seconds * LIMIT_ROUNDS, rounds, again)
    before = one.processor_seconds()
    with watch(one) as memory:
        taken = ask(order)
    processor = one.processor_seconds() - before
    window = Window(one.server.name, mode, clients, turn, taken.seconds, processor, max(memory), taken.requests)
    print(f"{turn} {mode:9} {clients:3} {window.line()}", file=sys.stderr)
    return window


@contextmanager
def watch(one: Running) -> Iterator[list[float]]:
    """Memory of the server while this lasts, in MB, every half second."""
    memory, stop = [one.memory_mb()], threading.Event()

    def look() -> None:
        while not stop.wait(0.5):
            memory.append(one.memory_mb())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield memory
    finally:
        stop.set()
        thread.join()


def ask(order: Order) -> Taken:
    """What clients in a process of their own say."""
    program = [sys.executable, str(BENCH / "serve_clients.py")]
    done = subprocess.run(program, input=json.dumps(asdict(order)).encode(), stdout=subprocess.PIPE, check=True)
    return Taken(**json.loads(done.stdout))


def measure_ceiling(clients: int, plan: Plan) -> float:
    """Answers a second that the clients take from a server that does nothing."""
    port = plan.port + 3
    nothing = subprocess.Popen([sys.executable, str(BENCH / "serve_clients.py"), str(port)])
    try:
        time.sleep(1)
        rounds = to_rounds(serve_mix.least(MOST_LEAST, 0), 0)
        taken = ask(Order(port, "/", clients, LEAST_SECONDS, LEAST_SECONDS, rounds))
        return len(taken.requests) / taken.seconds
    finally:
        nothing.kill()
        nothing.wait()


def grow(servers: Sequence[Server], dataset: Dataset, plan: Plan) -> list[Window]:
    """One window of distinct questions by one client, of each server but the slow one."""
    draw = serve_mix.distinct(serve_mix.find_names(dataset.union), seed=1)
    rounds = to_rounds(islice(draw, MOST_ROUNDS), 0)
    windows = []
    for server in servers:
        if server.name != Rdflib.name:
            with run(server, dataset, plan.port) as running:
                measure(running, "distinct", 1, -1, rounds[:1], plan)
                windows.append(measure(running, "distinct", 1, 0, rounds[1:], plan))
    return windows


if __name__ == "__main__":
    main()
