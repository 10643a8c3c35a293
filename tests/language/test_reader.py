"""The shipped model on sentences that no reader should get wrong, and on text that is hardly any."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest
import spacy
from spacy.language import Language

from kg.language.reader import RELATIONS
from kg.resources import resource

SENTENCE = "Norway condemned the attack on the embassy. Talks between Chad and Niger will open in Oslo on Monday."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(resource("data", "model"))


def test_trees_tags_and_lemmas(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    assert [sent.text for sent in doc.sents] == SENTENCE.replace(". ", ".|").split("|")
    told = {t.text: (t.dep_.partition(":")[0], t.head.text, t.pos_, t.lemma_) for t in doc}
    assert told["Norway"] == ("nsubj", "condemned", "PROPN", "Norway")
    assert told["attack"] == ("obj", "condemned", "NOUN", "attack")
    assert told["condemned"][2:] == ("VERB", "condemn")
    assert told["Talks"] == ("nsubj", "open", "NOUN", "talk")
    assert told["Niger"] == ("conj", "Chad", "PROPN", "Niger")
    assert {t.dep_.partition(":")[0] for t in doc} <= RELATIONS


def test_entities_and_kinds(nlp: Language) -> None:
    doc = nlp("President Emmanuel Macron met Norwegian troops of NATO in Oslo.")
    assert {(e.text, e.label_) for e in doc.ents} == {
        ("Emmanuel Macron", "PERSON"),
        ("Norwegian", "NORP"),
        ("NATO", "ORG"),
        ("Oslo", "LOC"),
    }
    assert {t.text: t._.kind for t in doc if t._.kind}["troops"] == "person"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\n Oslo \n", "a" * 5000, "。。。", "\u200b", "...", "x " * 700])
def test_text_that_is_hardly_any(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(token.sent.root.head == token.sent.root for token in doc)


def test_paragraphs_do_not_share_sentences(nlp: Language) -> None:
    doc = nlp("Talks fail again\n\nThe talks in Oslo failed on Monday, officials said")
    assert [sent.text.strip() for sent in doc.sents] == doc.text.split("\n\n")


def test_acts_are_probabilities(nlp: Language) -> None:
    doc = nlp("Norway condemned Chad.")
    for found in nlp.get_pipe("kg_reader").acts(doc, [([0], [2]), ([0], [])]):
        assert len(found) == 15
        assert sum(found.values()) == pytest.approx(1)


def test_a_saved_pipeline_reads_alike(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")(SENTENCE)
    doc = nlp(SENTENCE)
    assert [(t.dep_, t.head.i, t.tag_) for t in again] == [(t.dep_, t.head.i, t.tag_) for t in doc]
    assert numpy.array_equal(again.tensor, doc.tensor)


def test_a_sentence_reads_alike_among_others(nlp: Language) -> None:
    """What stands in other paragraphs has no part in the sums."""
    alone, among = nlp("Norway condemned the attack."), nlp("Norway condemned the attack.\n" + "Talks failed. " * 60)
    assert [(t.dep_, t.tag_) for t in alone] == [(t.dep_, t.tag_) for t in among][: len(alone)]
    assert numpy.array_equal(alone.tensor, among.tensor[: len(alone)])


def test_labels_are_named(nlp: Language) -> None:
    assert {"nsubj", "obj", "PERSON", "ORG", "LOC", "NORP"} <= set(nlp.get_pipe("kg_reader").labels)
