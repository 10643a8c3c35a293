"""How many words a second are read, with a peer beside it in the same run.

    python bench/bench_extract.py [FOLDER] [--json]

The texts of FOLDER, or 100 invented ones, are read three ways by turns, five times over: by the trained reader alone,
by the whole of `extract` and `resolve`, and by the peer, a spaCy pipeline of the size of `en_core_web_sm` (one
convolutional network of width 96 and depth 4, with tagger, parser and entity recognizer). The peer is not trained,
since its speed does not depend on what it has learnt. Figures are medians, words are those between white space; for
one core start it with `taskset -c 0`. The time that the trained reader takes to load is told too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from invented import invent
from kg.errors import KgError
from kg.extract import Extractor
from kg.extract.language import load_language
from kg.resolve import resolve
from kg.settings import load_settings
from kg.sources import find_documents, read_article
from kg.types import Article, Hints, Refusal

ROUNDS = 5
INVENTED = 100


def make_peer() -> Language:
    """Blank spaCy with the components and the labels of a small English pipeline."""
    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    nlp.add_pipe("tok2vec", config={"model": model})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    tagger: Any = nlp.add_pipe("tagger", config={"model": {"tok2vec": listener}})
    parser: Any = nlp.add_pipe("parser", config={"model": {"tok2vec": listener}})
    recognizer: Any = nlp.add_pipe("ner", config={"model": {"tok2vec": listener}})
    for tag in range(50):
        tagger.add_label(f"T{tag}")
    for relation in ("nsubj", "obj", "obl", "nmod", "amod", "det", "case", "punct", "conj", "cc", "ROOT"):
        parser.add_label(relation)
    for kind in ("PERSON", "ORG", "LOC", "NORP"):
        recognizer.add_label(kind)
    nlp.initialize()
    return nlp


def read_folder(folder: str) -> list[Article]:
    """The articles of `folder` that can be read."""
    settings = load_settings()
    articles = []
    for document in find_documents([folder], Hints(), settings.max_body_bytes, sys.stdin.buffer):
        if isinstance(document, Refusal):
            continue
        try:
            articles.append(read_article(document, settings.max_words))
        except KgError:
            continue
    return articles


def measure_speed(articles: Sequence[Article], ways: Mapping[str, Callable[[Article], object]]) -> dict[str, float]:
    """Words a second of each way to read the articles."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            start = time.perf_counter()
            for article in articles:
                work(article)
            seconds[name].append(time.perf_counter() - start)
    words = sum(len(article.text.split()) for article in articles)
    return {name: words / statistics.median(spent) for name, spent in seconds.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", nargs="?", help="texts to read")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = arguments.parse_args()
    articles = read_folder(args.folder) if args.folder else [invent(number, 20)[0] for number in range(INVENTED)]
    start = time.perf_counter()
    reader = load_language()
    loading = time.perf_counter() - start
    extractor, peer = Extractor(), make_peer()
    ways: dict[str, Callable[[Article], object]] = {
        "trained reader": lambda article: reader(article.text),
        "extract and resolve": lambda article: resolve(article, extractor.extract(article)),
        "peer": lambda article: peer(article.text),
    }
    speed = measure_speed(articles, ways)
    if args.json:
        print(json.dumps({"speed": speed, "loading": loading}))
        return
    for name, own in speed.items():
        print(f"{name:20} {own:8.0f} words/s   {own / speed['peer']:5.2f} times the peer's speed")
    print(f"{'loading the reader':20} {loading:8.2f} s")


if __name__ == "__main__":
    main()
