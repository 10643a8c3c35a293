"""Articles with known facts -> data/confidence.toml: `calibrate.py GOLD [--write]`.

GOLD holds articles/ID.txt and facts/ID.json: what people found in each (people, statements, events, each statement
and event with its sentence; `optional` marks what only one of two people saw). An official is right where people have
one of that name; a statement where a speaker and the sentence agree; an event where category and
sentence agree; what is optional does not count. Weights are fitted to all articles; the figures printed come from
leaving out one article at a time: the mean confidence and the share that was right, by fifths of the facts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict

from kg.extract import Extractor
from kg.resolve import resolve
from kg.resolve.confidence import find_signs
from kg.resources import resource
from kg.sources import read_article
from kg.types import Article, Document, Facts, Format

HEAD = "# Weights of the confidence model (kg.resolve.confidence), made by training/calibrate.py.\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One fact of an article: its signs, and whether people found it too."""

    article: str
    signs: dict[str, float]
    right: bool


def main() -> None:
    """Fit, print how well it holds, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", action="store_true", help="write data/confidence.toml")
    args = parser.parse_args()
    cases: dict[str, list[Case]] = defaultdict(list)
    extractor = Extractor()
    for path in sorted((args.gold / "facts").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        content = (args.gold / "articles" / f"{path.stem}.txt").read_bytes()
        article = read_article(Document(path.stem, Format.TEXT, content), 50_000)
        findings = extractor.extract(article)
        facts = resolve(article, findings)
        signs = find_signs(facts, findings)
        for kind, key, right in judge(article, facts, gold):
            cases[kind].append(Case(path.stem, dict(signs[key]), right))
    tables = [f"\n[{kind}]\n{fit(kind, own)}" for kind, own in cases.items()]
    if args.write:
        resource("data", "confidence.toml").write_text(HEAD + "".join(tables), "utf-8")


def judge(article: Article, facts: Facts, gold: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Kind, key and whether it is right, of every fact that the gold decides."""
    known = {fold(n): p["official"] for p in gold["people"] for n in (p["name"], *p["aliases"])}
    for person in (p for p in facts.people if p.official):
        yield "official", person.key, any(known.get(fold(name)) for name in (person.label, *person.names))
    names_of = {p.key: {fold(n) for n in (p.label, *p.names)} for p in facts.people}
    aliases = {p["name"]: {fold(n) for n in (p["name"], *p["aliases"])} for p in gold["people"]}

    def same_speaker(key: str, name: str) -> bool:
        if key.startswith("person/"):
            return not aliases.get(name, {fold(name)}).isdisjoint(names_of[key])
        labels = {o.key: o.label for o in (*facts.organizations, *facts.groups)}
        return key == f"state/{name}" or bool(set(fold(labels.get(key, "")).split()) & set(fold(name).split()))

    spoken = [(s.key, article.text[s.evidence.start : s.evidence.end], s.speakers) for s in facts.statements]

    def same_speakers(keys: tuple[str, ...], one: dict[str, Any]) -> bool:
        return any(same_speaker(key, name) for key in keys for name in one["speaker"])

    yield from _match("statement", spoken, gold["statements"], same_speakers)
    done = [(e.key, article.text[e.evidence.start : e.evidence.end], (e.category,)) for e in facts.events]
    yield from _match("event", done, gold["events"], lambda own, g: g["type"] in own)


def _match(
    kind: str,
    mine: list[tuple[str, str, tuple[str, ...]]],
    gold: list[dict[str, Any]],
    agrees: Callable[[tuple[str, ...], dict[str, Any]], bool],
) -> Iterator[tuple[str, str, bool]]:
    """One to one, what both people saw before what only one did; facts that match the latter are not decided."""
    left = sorted(gold, key=lambda g: bool(g.get("optional")))
    for key, sentence, parts in mine:
        fits = next((g for g in left if overlap(g["sentence"], sentence) and agrees(parts, g)), None)
        if fits is not None:
            left.remove(fits)
        if fits is None or not fits.get("optional"):
            yield kind, key, fits is not None


def fold(text: str) -> str:
    """Words in lower case, one space between."""
    return " ".join(re.findall(r"\w+", text.lower()))


def overlap(gold: str, mine: str) -> bool:
    """True where the sentences share half of the words of the shorter, and three at least."""
    one, two = set(fold(gold).split()), set(fold(mine).split())
    return len(one & two) >= max(3, 0.5 * min(len(one), len(two)))


def fit(kind: str, cases: list[Case]) -> str:
    """The weights as lines of TOML."""
    names = list(cases[0].signs)
    rows = numpy.array([[case.signs[name] for name in names] for case in cases])
    right = numpy.array([case.right for case in cases])
    groups = numpy.array([case.article for case in cases])
    model = LogisticRegression(C=0.5)
    shares = cross_val_predict(model, rows, right, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba")[:, 1]
    report(kind, shares, right)
    model.fit(rows, right)
    weights = {"intercept": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    return "".join(f"{name} = {weight:.3f}\n" for name, weight in weights.items())


def report(kind: str, shares: numpy.ndarray, right: numpy.ndarray) -> None:
    """Print how confidence and truth go together."""
    order = numpy.array_split(numpy.argsort(shares), 5)
    error = sum(abs(shares[part].mean() - right[part].mean()) * len(part) for part in order) / len(shares)
    area = roc_auc_score(right, shares)
    print(f"{kind}: {len(right)} facts, {right.mean():.2f} right, error {error:.3f}, area under ROC {area:.2f}")
    for part in order:
        print(f"  said {shares[part].mean():.2f}   right {right[part].mean():.2f}   of {len(part)}")


if __name__ == "__main__":
    main()
