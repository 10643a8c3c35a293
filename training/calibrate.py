"""Articles with known facts -> data/confidence.toml: `calibrate.py GOLD [GOLD ...] [--write]`.

Each GOLD holds articles/ID.txt and facts/ID.json: what people found in each (people, statements, events, each
statement and event with its sentence; `optional` marks what only one of two people saw). An official is right where
people have one of that name; a statement where a speaker and the sentence agree; an event where category and
sentence agree; what is optional does not count. Weights are fitted to all articles; the figures printed come from
leaving out one article at a time: the mean confidence and the share that was right, by fifths of the facts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

from kg.extract import Extractor
from kg.resolve import resolve
from kg.resolve.confidence import find_signs
from kg.resources import resource
from kg.sources import read_article
from kg.types import Article, Document, Facts, Format

HEAD = "# Weights of the confidence model (kg.resolve.confidence), made by training/calibrate.py.\n"
# How hard weights are drawn to nought, the intercept aside.
PENALTY = 2.0
# Newton's method settles in fewer steps than this.
STEPS = 50
FIFTHS = 5

Numbers = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One fact of an article: its signs, and whether people found it too."""

    article: str
    signs: dict[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Facts of like confidence: the mean of it, the share that was right, and how many they are."""

    said: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How confidence and truth go together, on facts of articles that the weights were not fitted to.

    `parts` are fifths of the facts, the least sure first; `error` is how far the two lie apart in them, on average;
    `area` is that under the ROC curve, None where all facts are right or all wrong.
    """

    parts: tuple[Part, ...]
    right: float
    count: int
    error: float
    area: float | None


def main() -> None:
    """Fit, print how well it holds, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="write data/confidence.toml")
    args = parser.parse_args()
    cases = find_cases(args.gold)
    for kind, own in cases.items():
        report(kind, cross_validate(own))
    if args.write:
        tables = [f"\n[{kind}]\n{to_toml(own)}" for kind, own in cases.items()]
        resource("data", "confidence.toml").write_text(HEAD + "".join(tables), "utf-8")


def find_cases(folders: Sequence[Path]) -> dict[str, list[Case]]:
    """The facts of all articles in `folders` that their gold decides, by kind."""
    cases: dict[str, list[Case]] = defaultdict(list)
    extractor = Extractor()
    for path in (path for folder in folders for path in sorted((folder / "facts").glob("*.json"))):
        gold = json.loads(path.read_text("utf-8"))
        content = (path.parents[1] / "articles" / f"{path.stem}.txt").read_bytes()
        article = read_article(Document(path.stem, Format.TEXT, content), 50_000)
        findings = extractor.extract(article)
        facts = resolve(article, findings)
        signs = find_signs(facts, findings)
        for kind, key, right in judge(article, facts, gold):
            cases[kind].append(Case(str(path), dict(signs[key]), right))
    return cases


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
        labels = {o.key: o.label for o in facts.organizations} | {g.key: g.label for g in facts.groups}
        return key == f"state/{name}" or bool(set(fold(labels.get(key, "")).split()) & set(fold(name).split()))

    spoken = [(s.key, article.text[s.evidence.start : s.evidence.end], s.speakers) for s in facts.statements]

    def same_speakers(keys: tuple[str, ...], one: dict[str, Any]) -> bool:
        return any(same_speaker(key, name) for key in keys for name in one["speaker"])

    yield from _match("statement", spoken, gold["statements"], same_speakers)
    done = [(e.key, article.text[e.evidence.start : e.evidence.end], (e.category,)) for e in facts.events]
    yield from _match("event", done, gold["events"], lambda own, g: g["type"] in own)


def _match(
    kind: str,
    mine: Sequence[tuple[str, str, tuple[str, ...]]],
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


def to_toml(cases: Sequence[Case]) -> str:
    """The weights fitted to all `cases`, as lines of TOML."""
    names = ("intercept", *cases[0].signs)
    return "".join(f"{name} = {weight:.3f}\n" for name, weight in zip(names, fit(cases), strict=True))


def fit(cases: Sequence[Case]) -> Numbers:
    """Intercept and weights of the logistic model that makes `cases` likeliest, by Newton's method.

    Two cases in the middle of all are added, one right and one wrong, so that what was never wrong is not held for
    certain.
    """
    rows = numpy.array([list(case.signs.values()) for case in cases])
    rows = _with_one(numpy.vstack((rows, rows.mean(axis=0), rows.mean(axis=0))))
    right = numpy.array([*(case.right for case in cases), True, False], dtype=float)
    penalty = numpy.diag([0.0] + [PENALTY] * (rows.shape[1] - 1))
    weights = numpy.zeros(rows.shape[1])
    for _ in range(STEPS):
        shares = _predict(rows, weights)
        slope = rows.T @ (shares - right) + penalty @ weights
        weights = weights - numpy.linalg.solve((rows.T * (shares * (1 - shares))) @ rows + penalty, slope)
    return weights


def _with_one(rows: Numbers) -> Numbers:
    """A column of ones before the signs, for the intercept."""
    return numpy.column_stack((numpy.ones(len(rows)), rows))


def _predict(rows: Numbers, weights: Numbers) -> Numbers:
    shares: Numbers = 1 / (1 + numpy.exp(-rows @ weights))
    return shares


def cross_validate(cases: Sequence[Case]) -> Calibration:
    """How well confidence holds, each article's by weights that were fitted to the others; two articles at least."""
    said = numpy.zeros(len(cases))
    for article in {case.article for case in cases}:
        weights = fit([case for case in cases if case.article != article])
        own = [i for i, case in enumerate(cases) if case.article == article]
        said[own] = _predict(_with_one(numpy.array([list(cases[i].signs.values()) for i in own])), weights)
    return calibrate(said, numpy.array([case.right for case in cases], dtype=float))


def calibrate(said: Numbers, right: Numbers) -> Calibration:
    """The confidences `said`, beside what was `right`, 1 or 0."""
    order = numpy.array_split(numpy.argsort(said, kind="stable"), FIFTHS)
    parts = [Part(float(said[own].mean()), float(right[own].mean()), len(own)) for own in order if len(own)]
    error = sum(abs(part.said - part.right) * part.count for part in parts) / len(said)
    return Calibration(tuple(parts), float(right.mean()), len(said), error, _area(said, right))


def _area(said: Numbers, right: Numbers) -> float | None:
    """How often a right fact has the higher confidence of a right and a wrong one, ties counting half."""
    good, bad = said[right > 0][:, None], said[right == 0][None]
    return float(((good > bad) + 0.5 * (good == bad)).mean()) if good.size and bad.size else None


def report(kind: str, found: Calibration) -> None:
    """Print how confidence and truth go together."""
    area = "none" if found.area is None else f"{found.area:.2f}"
    print(f"{kind}: {found.count} facts, {found.right:.2f} right, error {found.error:.3f}, area under ROC {area}")
    for part in found.parts:
        print(f"  said {part.said:.2f}   right {part.right:.2f}   of {part.count}")


if __name__ == "__main__":
    main()
