"""Folder of corpora -> every figure of docs/quality.md: how well `kg` reads, and what it costs.

    python bench/bench_quality.py CORPORA [--write]

docs/quality.md says what CORPORA holds. The tables are printed as Markdown; with `--write` they go into that page,
whose prose stays as it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "training"))

import scores
import tables
from calibrate import Calibration, cross_validate, find_cases
from corpora import is_held_out_relation
from evaluate import Scores, measure
from kg.extract.language import load_language
from page import fill

PAGE = scores.ROOT / "docs" / "quality.md"


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is measured."""

    language: Scores
    held_out: scores.Relations
    relations: scores.Relations
    gold: scores.Layers
    sample: scores.Layers
    answers: list[scores.Answer]
    calibration: dict[str, Calibration]
    costs: scores.Costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="the folder of corpora")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/quality.md")
    args = parser.parse_args()
    found = to_tables(take_figures(args.corpora.resolve()))
    if args.write:
        PAGE.write_text(fill(PAGE.read_text("utf-8"), found), "utf-8")
    else:
        print("\n\n".join(f"{name}\n\n{table}" for name, table in found.items()))


def take_figures(corpora: Path) -> Figures:
    """Measure everything."""
    gold, seed, tools = corpora / "data" / "gold", corpora / "seed", corpora / "tools"
    lines = (corpora / "data" / "plover" / "relations-dev.jsonl").read_text("utf-8").splitlines()
    unseen = [line for line in lines if is_held_out_relation(json.loads(line)["id"])]
    return Figures(
        costs=scores.measure_costs(gold / "articles"),
        language=measure(load_language(), corpora / "data"),
        held_out=scores.score_relations(tools / "score_relations.py", unseen),
        relations=scores.score_relations(tools / "score_relations.py", lines),
        gold=scores.score_articles(tools / "score_facts.py", gold / "facts", gold / "articles"),
        sample=scores.score_article(tools / "score_facts.py", seed / "expected.json", seed / "article.txt"),
        answers=scores.ask_questions(),
        calibration={kind: cross_validate(cases) for kind, cases in find_cases([gold]).items()},
    )


def to_tables(figures: Figures) -> dict[str, str]:
    """The tables of the page, by name."""
    return {
        "targets": tables.targets_table(name_figures(figures)),
        "language": tables.language_table(figures.language),
        "relations": tables.relations_table(figures.held_out, figures.relations),
        "confusion-held-out": tables.confusion_table(figures.held_out.pairs),
        "confusion-all": tables.confusion_table(figures.relations.pairs),
        "facts": tables.facts_table(figures.gold, figures.sample),
        "questions": tables.questions_table(figures.answers),
        "calibration": tables.calibration_table(figures.calibration),
        "certainty": tables.certainty_table(figures.calibration),
        "costs": tables.costs_table(figures.costs),
    }


def name_figures(figures: Figures) -> Mapping[str, float]:
    """Each figure by the name that a target has for it."""
    costs = figures.costs
    return {
        **{f"{what}/{name}": value for what, own in figures.language.items() for name, value in own.items()},
        **{f"relations/{name}": value for name, value in figures.held_out.totals.items() if name != "f1"},
        **dict(name_layers("gold", figures.gold)),
        **dict(name_layers("seed", figures.sample)),
        "questions": sum(answer.right for answer in figures.answers),
        "costs/speed": costs.speed["extract and resolve"],
        "costs/memory": costs.memory,
        "costs/loading": costs.loading,
    }


def name_layers(where: str, layers: scores.Layers) -> Iterator[tuple[str, float]]:
    """The figures of articles; of a part, the share that is right."""
    for layer, own in layers.items():
        for name, value in own.items():
            yield f"{where}/{layer}/{name}", value[0] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
