"""Figures -> tables in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from calibrate import Calibration
from page import to_table
from scores import NONE, Answer, Costs, Layers, Relations
from targets import TARGETS, hundredths, megabytes, seconds, share, whole


def targets_table(measured: Mapping[str, float]) -> str:
    """What must be reached, and what was."""
    rows = [target.row(measured) for target in TARGETS]
    return to_table(("what", "must reach", "aim", "people or peer", "measured"), rows)


_LANGUAGE = {
    "dep_las": "LAS",
    "dep_uas": "UAS",
    "tag_acc": "tags right",
    "pos_acc": "parts of speech right",
    "sents_f": "sentences, F1",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "PERSON": "F1 of `PERSON`",
    "ORG": "F1 of `ORG`",
    "LOC": "F1 of `LOC`",
    "NORP": "F1 of `NORP`",
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
}


def language_table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """The model by itself."""
    rows = [
        (what, shown, share(own[name]))
        for what, own in scores.items()
        for name, shown in _LANGUAGE.items()
        if name in own
    ]
    return to_table(("what", "measure", "value"), rows)


_RELATIONS = {
    "macro_f1": "macro-F1",
    "accuracy": "accuracy",
    "covered": "covered",
    "actor_found": "actor found",
    "recipient_found": "recipient found",
}


def relations_table(held_out: Relations, everything: Relations) -> str:
    """Totals and F1 by category, side by side."""
    both = (held_out.totals, everything.totals)
    kinds = sorted(set().union(*(own["f1"] for own in both)))
    totals = [(shown, *(share(own[name]) for own in both)) for name, shown in _RELATIONS.items()]
    by_kind = [(f"F1 of {kind}", *(hundredths(own["f1"].get(kind)) for own in both)) for kind in kinds]
    sizes = (f"held out, {held_out.totals['n']:,} sentences", f"all, {everything.totals['n']:,} sentences")
    return to_table(("measure", *sizes), totals + by_kind)


def confusion_table(pairs: Counter[tuple[str, str]]) -> str:
    """Categories as people gave them, by what was found."""
    gold = sorted({kind for kind, _ in pairs})
    found = (*gold, *sorted({kind for _, kind in pairs} - {*gold, NONE}), NONE)
    rows = [(kind, *(pairs[kind, other] or "" for other in found), _total(pairs, kind)) for kind in gold]
    return to_table(("people, down; found, across", *found, "all"), rows)


def _total(pairs: Counter[tuple[str, str]], kind: str) -> int:
    return sum(count for (own, _), count in pairs.items() if own == kind)


_MEASURES = {"p": "precision", "r": "recall", "f1": "F1"}
_OF = {"p": "predicted", "r": "gold"}


def facts_table(gold: Layers, sample: Layers) -> str:
    """Precision, recall and F1 of each layer, and the share right of each part of what was found."""
    names = [(layer, name) for layer, own in gold.items() for name in own if name not in {"gold", "predicted"}]
    rows = [
        (layer, _MEASURES.get(name, f"{name} right"), *_cells(gold[layer], name), *_cells(sample[layer], name))
        for layer, name in names
    ]
    return to_table(("layer", "measure", "gold articles", "of", "sample article", "of"), rows)


def _cells(layer: Mapping[str, Any], name: str) -> tuple[str, str]:
    """A figure, and how many facts it is a share of."""
    value = layer.get(name)
    if isinstance(value, list):
        return share(value[0]), str(value[1])
    return "" if value is None else share(value), str(layer.get(_OF.get(name, ""), ""))


def questions_table(answers: Sequence[Answer]) -> str:
    """The rows of each answer that came, and whether others came too."""
    rows = [(a.name, f"{a.rows_right} of {a.rows}", "no" if a.clean else "yes") for a in answers]
    total = f"{sum(a.rows_right for a in answers)} of {sum(a.rows for a in answers)}"
    last = ("all", total, f"{sum(not a.clean for a in answers)} of {len(answers)}")
    return to_table(("question", "rows right", "rows too many"), [*rows, last])


def calibration_table(found: Mapping[str, Calibration]) -> str:
    """For each kind of fact and each fifth, the confidence and the share that was right."""
    rows = [
        (kind, number, hundredths(part.said), hundredths(part.right), part.count)
        for kind, own in found.items()
        for number, part in enumerate(own.parts, 1)
    ]
    return to_table(("fact", "fifth", "mean confidence", "share right", "facts"), rows)


def certainty_table(found: Mapping[str, Calibration]) -> str:
    """For each kind of fact, how far confidence and truth lie apart."""
    rows = [(kind, own.count, *map(hundredths, (own.right, own.error, own.area))) for kind, own in found.items()]
    return to_table(("fact", "facts", "share right", "mean distance", "area under ROC"), rows)


def costs_table(costs: Costs) -> str:
    """Speed, time to load, memory."""
    speed = [(f"{name}, words a second", whole(own)) for name, own in costs.speed.items()]
    rest = [("loading the model", seconds(costs.loading)), ("`kg extract`, peak memory", megabytes(costs.memory))]
    return to_table(("what", "figure"), [*speed, *rest])
