"""Scores of the network -> what is told of each token of a Doc, gathered window by window and set at once."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy
from lemminflect import getLemma
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.language.entities import find_labels
from kg.language.repairs import mend
from kg.language.sentences import may_start_sentence
from kg.language.trees import find_heads

Scores = NDArray[numpy.float32]
Numbers = NDArray[numpy.int64]

# Log odds of a sentence's start by the network: above which it begins one without marks, below which marks are none.
_SURE, _RULED_OUT = 2.0, -4.0
_IOB = {"I": 1, "O": 2, "B": 3}
_COLUMNS = {"DEP": "labels", "TAG": "tags", "POS": "parts"}
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_INFLECTED = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX"})
_AS_WRITTEN = frozenset({"PROPN", "PUNCT", "SYM", "X", "NUM"})


class Reading:
    """What is told of a Doc so far."""

    def __init__(self, doc: Doc, names: Mapping[str, Sequence[str]]) -> None:
        """Nothing told yet of `doc`; `names` holds the labels of each kind in the network's order."""
        self._doc = doc
        self._names = names
        columns = ("HEAD", *_COLUMNS, "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE")
        self._columns: dict[str, Numbers] = {name: numpy.zeros(len(doc), dtype="int64") for name in columns}
        self._columns["ENT_IOB"][:] = _IOB["O"]
        self._vectors: Scores = numpy.zeros((len(doc), 0), dtype="float32")
        add = doc.vocab.strings.add
        self._codes = {
            column: numpy.array([_signed(add(name)) for name in names[kind]]) for column, kind in _COLUMNS.items()
        }
        self._hang_spaces()

    def _hang_spaces(self) -> None:
        """White space hangs on the token before it, or on the first that follows."""
        first = next((token.i for token in self._doc if not token.is_space), 0)
        add = self._doc.vocab.strings.add
        for token in self._doc:
            if token.is_space:
                self._columns["HEAD"][token.i] = -1 if token.i > first else first - token.i
                self._columns["POS"][token.i] = _signed(add("SPACE"))
                self._columns["TAG"][token.i] = _signed(add("_SP"))
                self._columns["LEMMA"][token.i] = _signed(add(token.text))

    def set_heads(self, window: Sequence[int], starts: Scores, arcs: Scores) -> Numbers:
        """Cut the tokens of `window` into sentences and give each its tree.

        Args:
            window: tokens of the Doc.
            starts: scores of shape (words, 2), that a sentence goes on and that one begins.
            arcs: scores of shape (words, words + 1) of each word's head, the root first.

        Returns:
            Heads counted from 1 within the window, 0 under the root.
        """
        begins = [i for i in range(len(window)) if i == 0 or self._begins(window[i], starts[i])]
        heads = numpy.zeros(len(window), dtype="int64")
        for start, end in zip(begins, [*begins[1:], len(window)], strict=True):
            own = find_heads(numpy.concatenate((arcs[start:end, :1], arcs[start:end, start + 1 : end + 1]), axis=1))
            heads[start:end] = numpy.where(own > 0, own + start, 0)
        tokens = numpy.array(window)
        self._columns["HEAD"][tokens] = numpy.where(heads > 0, tokens[heads - 1] - tokens, 0)
        return heads

    def _begins(self, token: int, scores: Scores) -> bool:
        """True where the network is sure that a sentence begins, or the marks say so and it does not rule that out."""
        lead = scores[1] - scores[0]
        return bool(lead > _SURE or (lead > _RULED_OUT and may_start_sentence(self._doc[token])))

    def set_words(self, window: Sequence[int], scores: Mapping[str, Scores]) -> None:
        """Set what `scores`, each of shape (words, labels) and by kind, tell of the tokens of `window`."""
        tokens = numpy.array(window)
        if not self._vectors.size:
            self._vectors = numpy.zeros((len(self._doc), scores["vectors"].shape[1]), dtype="float32")
        self._vectors[tokens] = scores["vectors"]
        for column, kind in _COLUMNS.items():
            self._columns[column][tokens] = self._codes[column][scores[kind].argmax(1)]
        self._set_forms(window, scores)
        self._set_entities(window, scores["entities"])

    def _set_forms(self, window: Sequence[int], scores: Mapping[str, Scores]) -> None:
        """Features, lemmas and kinds."""
        add, morphology = self._doc.vocab.strings.add, self._doc.vocab.morphology
        parts, features, kinds = (self._best(kind, scores) for kind in ("parts", "features", "kinds"))
        lemmas = []
        for number, part, kind in zip(window, parts, kinds, strict=True):
            token = self._doc[number]
            if part in _NAMING:
                token._.kind = kind
            lemmas.append(_signed(add(_lemma(token.text, part))))
        tokens = list(window)
        self._columns["LEMMA"][tokens] = lemmas
        self._columns["MORPH"][tokens] = [_signed(morphology.add(feature)) for feature in features]

    def _best(self, kind: str, scores: Mapping[str, Scores]) -> list[str]:
        """The likeliest name of `kind` for each word."""
        return [self._names[kind][i] for i in scores[kind].argmax(1).tolist()]

    def _set_entities(self, window: Sequence[int], scores: Scores) -> None:
        for number, label in zip(window, find_labels(scores, self._names["entities"]), strict=True):
            self._columns["ENT_IOB"][number] = _IOB[label[0]]
            if label != "O":
                self._columns["ENT_TYPE"][number] = _signed(self._doc.vocab.strings.add(label[2:]))

    def to_doc(self) -> Doc:
        """The Doc, with all of it set."""
        self._mend_trees()
        table = numpy.stack(list(self._columns.values()), axis=1).astype("uint64")
        self._doc.from_array(list(self._columns), table)  # type: ignore[arg-type]
        self._doc.tensor = self._vectors  # type: ignore[assignment]
        return self._doc

    def _mend_trees(self) -> None:
        """Change relations that rule each other out."""
        strings, own = self._doc.vocab.strings, numpy.arange(len(self._doc))
        heads = (self._columns["HEAD"] + own).tolist()
        names = {int(code): strings[int(code) % (1 << 64)] for code in (*self._codes["DEP"], *self._codes["TAG"])}
        labels = [names.get(code, "") for code in self._columns["DEP"].tolist()]
        person = _signed(strings.add("PERSON"))
        people = frozenset(numpy.flatnonzero(self._columns["ENT_TYPE"] == person).tolist())
        mend(heads, labels, [names.get(code, "") for code in self._columns["TAG"].tolist()], people)
        codes = {name: code for code, name in names.items()}
        self._columns["HEAD"] = numpy.array(heads, dtype="int64") - own
        self._columns["DEP"] = numpy.array([codes.get(label, 0) for label in labels], dtype="int64")


def _signed(code: int) -> int:
    """A 64-bit hash as the integer of the same bits that an int64 column can hold."""
    return code - (1 << 64) if code >= 1 << 63 else code


@functools.lru_cache(maxsize=50_000)
def _lemma(word: str, part: str) -> str:
    """The dictionary form of `word`: as written for a name, what lemminflect says for words that are inflected."""
    if part in _AS_WRITTEN:
        return word
    lower = word.lower()
    return next(iter(getLemma(lower, upos=part)), lower) if part in _INFLECTED else lower
