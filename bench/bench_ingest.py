"""How fast articles go in, where the time goes and how much memory it takes, with peers beside it in the same run.

    python bench/bench_ingest.py [FOLDER]

All articles of FOLDER, or 200 invented ones, go into an empty data directory, and then again. The peers: blank spaCy
that only splits the texts into words and rdflib that only builds and writes the same triples, the least that any
program of this kind does; and pySHACL as it comes on five of the graphs. All of it in one process, one article after
the other; what is loaded once is loaded before the clock runs.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from invented import invent
from kg import keeper, pipeline
from kg.journal import Journal
from kg.keeper import Keeper
from kg.pipeline import Pipeline
from kg.settings import Settings
from kg.shacl import validate_any
from kg.sources import find_documents
from kg.triples import from_ntriples, to_ntriples
from kg.types import Document, Format, Hints
from kg.vocab import KG

INVENTED = 200
PLAIN = 5
# Each stage, and where the pipeline or the keeper finds it.
STAGES = (
    ("sources", pipeline, "read_article"),
    ("extract", pipeline.Extractor, "extract"),
    ("resolve", pipeline, "resolve"),
    ("triples", pipeline, "to_graph"),
    ("triples", pipeline, "to_ntriples"),
    ("shacl", pipeline, "validate_articles"),
    ("journal", keeper.Journal, "append"),
    ("index", keeper.LocalIndex, "catch_up"),
    ("index", keeper.LocalIndex, "publish"),
)


def watch_stages() -> dict[str, float]:
    """Seconds spent in each stage, which grow from now on."""
    seconds: dict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*args, **options)
            finally:
                seconds[name] += time.perf_counter() - start

        return watched

    for name, owner, attribute in STAGES:
        setattr(owner, attribute, timed(name, getattr(owner, attribute)))
    return seconds


def ingest(reader: Pipeline, settings: Settings, folder: str) -> tuple[float, str]:
    """Seconds that it took, and what became of the documents."""
    with Keeper.open(settings) as kept:
        documents = find_documents([folder], Hints(), settings.max_body_bytes, sys.stdin.buffer)
        start = time.perf_counter()
        refused = sum(outcome.refusal is not None for outcome in reader.ingest(documents, kept))
        seconds = time.perf_counter() - start
        done = kept.kept
    return seconds, f"{done.new} new, {done.replaced} replaced, {done.unchanged} unchanged, {refused} refused"


def write_invented(folder: Path) -> None:
    articles = (invent(number, 20)[0] for number in range(INVENTED))
    lines = (json.dumps({"url": article.url, "text": article.text}) for article in articles)
    (folder / "invented.jsonl").write_text("\n".join(lines), "utf-8")


def time_peers(graphs: list[bytes]) -> tuple[float, float]:
    """Seconds that words and triples take at the least, for all articles; seconds of plain pySHACL, for one."""
    split = spacy.blank("en")
    texts = [str(next(from_ntriples(graph).objects(None, KG.text))) for graph in graphs]
    start = time.perf_counter()
    for text, graph in zip(texts, graphs, strict=True):
        split(text)
        to_ntriples(from_ntriples(graph))
    least = time.perf_counter() - start
    plain = []
    for graph in graphs[:PLAIN]:
        start = time.perf_counter()
        validate_any(from_ntriples(graph))
        plain.append(time.perf_counter() - start)
    return least, statistics.median(plain)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data=Path(name) / "data")
        folder = sys.argv[1] if len(sys.argv) > 1 else name
        if folder == name:
            write_invented(Path(name))
        reader = Pipeline(settings)
        warm_up = invent(INVENTED)[0].text.encode()
        list(reader.read([Document("warm-up", Format.TEXT, warm_up)]))
        loaded = peak_mb()

        seconds = watch_stages()
        first, outcome = ingest(reader, settings, folder)
        shares = dict(seconds)
        peak = peak_mb()
        again, outcome_again = ingest(reader, settings, folder)
        with Journal.open(settings.data, base_iri=settings.base_iri, write=False) as journal:
            graphs = [graph for _, _, graph in journal.since(0)]
        count = len(graphs)
        triples = sorted(graph.count(b"\n") for graph in graphs)
        least, plain = time_peers(graphs)

        print(f"first            {first:8.1f} s   {count / first:6.1f} articles/s   {outcome}")
        print(f"again            {again:8.1f} s   {count / again:6.1f} articles/s   {outcome_again}")
        print(f"peak memory      {peak:8.0f} MB  ({loaded:.0f} MB before the first article)")
        print(f"triples          {statistics.median(triples):8.0f}     an article, median (most: {triples[-1]})")
        print("\nmilliseconds an article, and share")
        for stage, spent in sorted(shares.items(), key=lambda item: -item[1]):
            print(f"{stage:16} {spent / count * 1000:8.2f}   {spent / first:6.1%}")
        print("\npeers, milliseconds an article")
        print(f"words + triples  {least / count * 1000:8.2f}   the whole path takes {first / least:.0f} times as long")
        print(f"plain pySHACL    {plain * 1000:8.2f}   {plain / (shares['shacl'] / count):.0f} times our validation")


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
