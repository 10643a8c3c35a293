from __future__ import annotations

import pytest
import spacy

from kg.language.pieces import Vocabulary
from kg.language.windows import MOST_WORDS, find_windows, to_batches

NLP = spacy.blank("en")
VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "talks", "fail", "##ed", "."])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks failed.", [["Talks", "failed", "."]]),
        ("Talks\n\nfailed  today", [["Talks"], ["failed", "today"]]),
        (" \n ", []),
        ("", []),
    ],
)
def test_a_paragraph_is_a_window(text: str, expected: list[list[str]]) -> None:
    doc = NLP.make_doc(text)
    assert [[doc[i].text for i in window] for window in find_windows(doc)] == expected


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    doc = NLP.make_doc("Talks in Oslo failed again today. " * 40)
    windows = list(find_windows(doc))
    assert len(windows) > 1
    assert all(len(window) <= MOST_WORDS and doc[window[-1]].text == "." for window in windows)
    assert [i for window in windows for i in window] == list(range(len(doc)))


def test_a_sentence_without_end_is_cut_anywhere() -> None:
    doc = NLP.make_doc("talks " * 500)
    assert [len(window) for window in find_windows(doc)][:2] == [MOST_WORDS, MOST_WORDS]


def test_batches_hold_every_window_once_padded() -> None:
    doc = NLP.make_doc("Talks failed.\nTalks.\nTalks failed failed.")
    windows = list(find_windows(doc))
    batches = list(to_batches(doc, windows, VOCABULARY, most=14))
    assert sorted(w for batch in batches for w in batch.windows) == sorted(windows)
    assert all(b.pieces.size <= 14 or len(b.windows) == 1 for b in batches)
    first = batches[0]
    assert first.pieces.tolist()[0][:4] == [2, 4, 7, 3]
    assert first.firsts.tolist()[0][:3] == [0, 1, 2]
    assert first.casings.shape == first.pieces.shape


def test_pieces_of_a_word_stay_together() -> None:
    doc = NLP.make_doc("Failed talks")
    batch = next(to_batches(doc, list(find_windows(doc)), VOCABULARY, most=100))
    assert batch.pieces.tolist() == [[2, 5, 6, 4, 3]]
    assert batch.firsts.tolist() == [[0, 1, 3]]
