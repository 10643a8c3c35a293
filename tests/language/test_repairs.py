"""Trees mended: what each wrong tree has changed, and right trees left alone."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from kg.language.repairs import mend

# Each word is "word/tag/relation/head"; each change "word relation head".
PHRASES = [
    (
        "We/PRP/nsubj/spoke spoke/VBD/root/spoke with/IN/case/Ada Minister/NNP/obl/spoke Ada/NNP/flat/Minister",
        ["with case Minister"],
    ),
    (
        "the/DT/det/Berg with/IN/case/Berg Minister/NNP/root/Minister Ada/NNP/flat/Minister Berg/NNP/flat/Ada",
        ["the det Minister", "with case Minister"],
    ),
    ("Minister/NNP/root/Minister Ada/NNP/flat/Minister of/IN/case/Ada", []),
    ("We/PRP/nsubj/spoke spoke/VBD/root/spoke with/IN/case/Minister Minister/NNP/obl/spoke Ada/NNP/flat/Minister", []),
]

PARTICIPLES = [
    (
        "Mali/NNP/nsubj/flew flew/VBD/root/flew drones/NNS/obj/flew built/VBN/advcl/flew",
        ["built acl drones"],
    ),
    ("Mali/NNP/nsubj/flew flew/VBD/root/flew drones/NNS/obj/flew building/VBG/advcl/flew", []),
    (
        "Mali/NNP/nsubj/flew flew/VBD/root/flew drones/NNS/obj/flew built/VBN/advcl/flew were/VBD/aux:pass/built",
        [],
    ),
    ("Mali/NNP/nsubj/flew flew/VBD/root/flew north/RB/advmod/flew built/VBN/advcl/flew", []),
]

POSSESSORS = [
    (
        "aid/NN/root/aid to/IN/case/Mali Mali/NNP/nmod/aid and/CC/cc/Chad Chad/NNP/conj/Mali 's/POS/case/Chad"
        " reply/NN/conj/Mali",
        ["and cc reply", "Chad nmod:poss reply", "reply conj aid"],
    ),
    (
        "Mali/NNP/nsubj/fell and/CC/cc/Chad Chad/NNP/conj/Mali 's/POS/case/Chad ally/NN/conj/Mali fell/VBD/root/fell",
        ["and cc ally", "Chad nmod:poss ally"],
    ),
    ("Mali/NNP/conj/aid 's/POS/case/Mali aid/NN/root/aid", []),
    ("Mali/NNP/nsubj/fell 's/POS/case/Mali ally/NN/conj/fell fell/VBD/root/fell", []),
    ("Mali/NNP/nmod:poss/reply 's/POS/case/Mali reply/NN/root/reply", []),
]

ROLES = [
    (
        "Mali/NNP/nsubj/met and/CC/cc/Chad Chad/NNP/nsubj/met met/VBD/root/met",
        ["Chad conj Mali"],
    ),
    (
        "We/PRP/nsubj/met met/VBD/root/met Mali/NNP/obj/met and/CC/cc/Chad Chad/NNP/obj/met",
        ["Chad conj Mali"],
    ),
    ("We/PRP/nsubj/gave gave/VBD/root/gave Mali/NNP/obj/gave tanks/NNS/obj/gave", []),
    ("Mali/NNP/nsubj/met met/VBD/root/met and/CC/cc/Chad Chad/NNP/obj/met", []),
]

VOICES = [
    ("Mali/NNP/nsubj/met met/VBD/root/met and/CC/cc/Chad Chad/NNP/nsubj/met", ["Chad obj met"]),
    ("Mali/NNP/nsubj:pass/shelled was/VBD/aux:pass/shelled shelled/VBD/root/shelled", []),
    ("Mali/NNP/nsubj:pass/shelled shelled/VBD/root/shelled Chad/NNP/obj/shelled", ["Mali nsubj shelled"]),
    ("shelled/VBD/root/shelled Chad/NNP/nsubj:pass/shelled", ["Chad obj shelled"]),
    ("Mali/NNP/nsubj:pass/shelled was/VBD/aux:pass/shelled shelled/VBN/root/shelled", []),
    ("Mali/NNP/nsubj:pass/shelled shelled/VBN/root/shelled", []),
    ("Mali/NNP/nsubj/shelled shelled/VBD/root/shelled Chad/NNP/nsubj/shelled", ["Chad obj shelled"]),
    ("Stay/VB/ccomp/said ,/,/punct/said said/VBD/root/said Mali/NNP/nsubj/said", []),
    ("It/PRP/nsubj/said said/VBD/root/said ,/,/punct/said Mali/NNP/nsubj/said", []),
    ("Mali/NNP/nsubj/shelled shelled/VBD/root/shelled Chad/NNP/nsubj/shelled towns/NNS/obj/shelled", []),
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASES + PARTICIPLES + POSSESSORS + ROLES + VOICES)
def test_what_is_mended(sentence: str, expected: list[str]) -> None:
    assert changes(sentence) == expected


NAMED = [
    ("They/PRP/nsubj/called called/VBD/root/called Berg/NNP/xcomp/called", {2}, ["Berg obj called"]),
    ("They/PRP/nsubj/called called/VBD/root/called Berg/NNP/xcomp/called", set(), []),
    ("They/PRP/nsubj/named named/VBD/root/named her/PRP/obj/named Berg/NNP/xcomp/named", {3}, []),
]


@pytest.mark.parametrize(("sentence", "people", "expected"), NAMED)
def test_somebody_named_where_nobody_else_is(sentence: str, people: set[int], expected: list[str]) -> None:
    assert changes(sentence, people) == expected


def changes(sentence: str, people: Collection[int] = ()) -> list[str]:
    """The words of `sentence` whose relation or head was mended, with both."""
    words, tags, before, over = zip(*(word.split("/") for word in sentence.split()), strict=True)
    heads, labels = [words.index(head) for head in over], list(before)
    mend(heads, labels, tags, people)
    after = [(label, words[head]) for label, head in zip(labels, heads, strict=True)]
    told = zip(words, zip(before, over, strict=True), after, strict=True)
    return [" ".join((word, *new)) for word, old, new in told if new != old]
