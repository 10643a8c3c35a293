"""Model folder -> its scores on what it was not trained on: `evaluate.py CORPORA MODEL`, printed as JSON.

With `--card TEXT` it also writes the model card.

Words are those of the corpora. Trees are scored by spaCy's own scorer, punctuation left out as it does, once in
the sentences of the treebank and once over whole documents in the reader's own sentences.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example, biluo_tags_to_spans, iob_to_biluo

from corpora import Window, join, read_entities, read_relations, read_treebank
from kg.language.reader import Reader

Scores = dict[str, dict[str, float]]


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--card", type=Path, help="a text whose line SCORES is to become a table of the scores")
    args = parser.parse_args()
    scores = measure(spacy.load(args.model), args.corpora)
    print(json.dumps(scores, indent=1))
    if args.card:
        card = args.card.read_text("utf-8").replace("\nSCORES\n", f"\n{to_table(scores)}\n")
        (args.model / "README.md").write_text(card, "utf-8")


def measure(nlp: Language, corpora: Path) -> Scores:
    """Every score of a pipeline with a `kg_reader`, by what is measured and the name of the measure."""
    treebank = corpora / "treebank"
    documents = {name: read_treebank(treebank / f"{name}-dev.conllu") for name in ("ewt", "gum")}
    both = [d for own in documents.values() for d in own]
    return {
        "trees": syntax(nlp, (s for d in both for s in d)),
        "trees, own sentences": syntax(nlp, map(join, both)),
        **{f"trees, {name}": syntax(nlp, (s for d in own for s in d)) for name, own in documents.items()},
        "trees, news": syntax(nlp, (s for d in both for s in d if s.source.startswith("GUM_news"))),
        "entities": entities(nlp, read_entities(corpora / "ner", held_out=True)),
        "acts": acts(nlp, read_relations(corpora / "plover" / "relations-dev.jsonl", held_out=True)),
    }


def to_table(scores: Mapping[str, Mapping[str, float]]) -> str:
    """The scores as a table in Markdown, one row for each thing measured."""
    rows = [f"| {what} | {name} | {value} |" for what, own in scores.items() for name, value in own.items()]
    return "\n".join(["| what | measure | value |", "|---|---|---|", *rows])


def to_doc(nlp: Language, window: Window) -> Doc:
    """The window as a Doc without annotation."""
    return Doc(nlp.vocab, words=list(window.words))


def syntax(nlp: Language, windows: Iterable[Window]) -> dict[str, float]:
    """Scores of tags, features, sentences and trees."""
    examples = []
    for window in windows:
        gold = Doc(
            nlp.vocab,
            words=list(window.words),
            tags=list(window.tags),
            pos=list(window.parts),
            heads=[h - 1 if h else i for i, h in enumerate(window.heads)],
            deps=list(window.labels),
        )
        examples.append(Example(nlp(to_doc(nlp, window)), gold))
    found = Scorer.score_deps(examples, "dep", ignore_labels=("p", "punct"))
    found |= Scorer.score_token_attr(examples, "tag") | Scorer.score_token_attr(examples, "pos")
    found |= Scorer.score_spans(examples, "sents") if len(examples) < 500 else {}
    return {k: round(found[k], 4) for k in ("dep_uas", "dep_las", "tag_acc", "pos_acc", "sents_f") if k in found}


def entities(nlp: Language, windows: Iterable[Window]) -> dict[str, float]:
    """F1 of entities, of all and of each kind."""
    examples = []
    for window in windows:
        gold = to_doc(nlp, window)
        gold.ents = biluo_tags_to_spans(gold, iob_to_biluo(list(window.entities)))
        examples.append(Example(nlp(to_doc(nlp, window)), gold))
    found = Scorer.score_spans(examples, "ents")
    kinds = {kind: round(own["f"], 4) for kind, own in found["ents_per_type"].items()}
    return {
        "precision": round(found["ents_p"], 4),
        "recall": round(found["ents_r"], 4),
        "f1": round(found["ents_f"], 4),
        **kinds,
    }


def acts(nlp: Language, windows: Iterable[Window]) -> dict[str, float]:
    """Accuracy and macro-F1 of the category, actor and recipient given."""
    reader = nlp.get_pipe("kg_reader")
    assert isinstance(reader, Reader)
    gold, guessed = [], []
    for window in windows:
        scores = reader.acts(nlp(to_doc(nlp, window)), [(window.actor, window.recipient)])[0]
        gold.append(window.category)
        guessed.append(max(scores, key=scores.__getitem__))
    right = sum(a == b for a, b in zip(gold, guessed, strict=True)) / len(gold)
    return {"n": len(gold), "accuracy": round(right, 4), "macro_f1": round(macro_f1(gold, guessed), 4)}


def macro_f1(gold: Sequence[str], guessed: Sequence[str]) -> float:
    """The mean F1 of all classes that are in `gold` or were guessed."""
    kinds = {*gold, *guessed}
    hits = {kind: sum(a == b == kind for a, b in zip(gold, guessed, strict=True)) for kind in kinds}
    return sum(2 * hits[kind] / (gold.count(kind) + guessed.count(kind)) for kind in kinds) / len(kinds)


if __name__ == "__main__":
    main()
