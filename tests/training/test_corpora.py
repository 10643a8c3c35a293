"""The readers of the corpora, on corpora of a few lines."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corpora import (
    MOST_WORDS,
    draw_windows,
    is_held_out,
    is_held_out_relation,
    join,
    read_entities,
    read_relations,
    read_treebank,
    recase,
)

TREES = """\
# newdoc id = one
# text = Oslo's mayor left
1	Oslo	Oslo	PROPN	NNP	Number=Sing	3	nmod:poss	_	Entity=(2-person-new(1-place-new)|SpaceAfter=No
2	's	's	PART	POS	_	1	case	_	_
3	mayor	mayor	NOUN	NN	Number=Sing	4	nsubj	_	Entity=2)
4	left	leave	VERB	VBD	_	0	root	_	_

# text = Don't go
1-2	Don't	_	_	_	_	_	_	_	_
1	Do	do	AUX	VB	_	3	aux	_	_
2	n't	not	PART	RB	_	3	advmod	_	_
3	go	go	VERB	VB	_	0	root	_	_

# newdoc id = two
# text = No
1	No	no	INTJ	UH	_	0	root	_	_

"""


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    path = tmp_path / "x.conllu"
    path.write_text(TREES, "utf-8")
    return path


def test_a_treebank_is_documents_of_sentences(trees: Path) -> None:
    first, second = read_treebank(trees)
    assert [s.words for s in first] == [("Oslo", "'s", "mayor", "left"), ("Do", "n't", "go")]
    assert [s.words for s in second] == [("No",)]
    assert first[0].heads == (3, 1, 4, 0)
    assert first[0].kinds == ("place", "", "person", "")


def test_joined_sentences_keep_their_trees_apart(trees: Path) -> None:
    joined = join(read_treebank(trees)[0])
    assert joined.heads == (3, 1, 4, 0, 7, 7, 0)
    assert joined.starts == (True, False, False, False, True, False, False)


@pytest.mark.parametrize("seed", range(5))
def test_windows_cover_each_document_once(trees: Path, seed: int) -> None:
    documents = read_treebank(trees) * 30
    windows = list(draw_windows(documents, random.Random(seed)))
    assert [w for d in documents for s in d for w in s.words] == [w for window in windows for w in window.words]


def test_entities_have_our_labels_and_each_begins(tmp_path: Path) -> None:
    path = next(f"{n}.tsv" for n in range(100) if not is_held_out(f"{n}.tsv"))
    (tmp_path / path).write_text(
        "http://x\tO\n\nUN\tB-Organization\nchief\tO\nLee\tI-Person\nFriday\tB-Date\n", "utf-8"
    )
    windows = read_entities(tmp_path, held_out=False)
    assert [w.words for w in windows] == [("http://x",), ("UN", "chief", "Lee", "Friday")]
    assert windows[1].entities == ("B-ORG", "O", "B-PERSON", "O")
    assert read_entities(tmp_path, held_out=True) == []


def test_a_long_paragraph_is_cut(tmp_path: Path) -> None:
    path = next(f"{n}.tsv" for n in range(100) if not is_held_out(f"{n}.tsv"))
    (tmp_path / path).write_text("word\tO\n" * 300, "utf-8")
    assert [len(w.words) for w in read_entities(tmp_path, held_out=False)] == [MOST_WORDS] * 3 + [300 - 3 * MOST_WORDS]


def test_relations_mark_the_words_of_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    row = {
        "id": "a",
        "sentence": "Chad's army hit Niger.",
        "marked": "<s>Chad's army</s> hit <t>Niger</t>.",
        "category": "ASSAULT",
    }
    path.write_text(json.dumps(row) + "\n", "utf-8")
    (window,) = read_relations(path)
    assert [window.words[i] for i in window.actor] == ["Chad", "'s", "army"]
    assert [window.words[i] for i in window.recipient] == ["Niger"]
    assert len(read_relations(path, held_out=True)) == is_held_out_relation("a")


def test_about_the_stated_share_is_held_out() -> None:
    assert 0.07 < sum(is_held_out(f"{n}.tsv") for n in range(2000)) / 2000 < 0.13
    assert 0.16 < sum(is_held_out_relation(str(n)) for n in range(2000)) / 2000 < 0.24


def test_careless_casing_keeps_the_words(trees: Path) -> None:
    window = read_treebank(trees)[0][0]
    chance = random.Random(3)
    seen = {recase(window, chance, share=1.0).words for _ in range(20)}
    assert len(seen) >= 3
    assert {tuple(w.lower() for w in words) for words in seen} == {tuple(w.lower() for w in window.words)}
    assert recase(window, chance, share=0.0) is window
