"""How long validation takes: `validate_articles` beside plain pySHACL, in one run, on invented articles.

    python bench/bench_shacl.py [ARTICLES] [PLAIN]

ARTICLES (100) go through `validate_articles` in one batch, five times; PLAIN (5) of them through `validate_any`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from invented import ACTIVITY, BASE, invent
from kg.shacl import validate_any, validate_articles
from kg.triples import from_ntriples, to_graph, to_ntriples

ROUNDS = 5


def milliseconds(work: Callable[[], object]) -> float:
    """Time that `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print medians."""
    articles, plain = (int(arg) for arg in (sys.argv[1:] + ["100", "5"][len(sys.argv) - 1 :]))
    stories = [invent(number) for number in range(articles)]
    graphs = {str(number): to_graph(*story, ACTIVITY, base=BASE) for number, story in enumerate(stories)}
    print(f"{articles} articles, median {statistics.median(map(len, graphs.values())):.0f} triples")
    writing = [milliseconds(lambda story=story: to_graph(*story, ACTIVITY, base=BASE)) for story in stories]
    ntriples = [to_ntriples(graph) for graph in graphs.values()]
    print(f"to_graph       {statistics.median(writing):8.2f} ms per article")
    print(f"to_ntriples    {statistics.median(milliseconds(lambda g=g: to_ntriples(g)) for g in graphs.values()):8.2f}")
    print(f"from_ntriples  {statistics.median(milliseconds(lambda n=n: from_ntriples(n)) for n in ntriples):8.2f}")
    print(
        f"loading shapes {milliseconds(lambda: validate_articles({key: graphs[key] for key in ['0']})):8.2f} ms, once"
    )
    batches = [milliseconds(lambda: validate_articles(graphs)) / articles for _ in range(ROUNDS)]
    ours = statistics.median(batches)
    print(f"batch          {ours:8.2f} ms per article (median of {ROUNDS} batches)")
    theirs = statistics.median(milliseconds(lambda n=n: validate_any(graphs[str(n)])) for n in range(plain))
    print(f"plain pySHACL  {theirs:8.2f} ms per article (median of {plain})")
    print(f"ratio          {theirs / ours:8.1f}")


if __name__ == "__main__":
    main()
