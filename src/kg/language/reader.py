"""The trained reader, a spaCy component: it gives a Doc parts of speech, tags, features, lemmas, trees and entities.

Relations and parts of speech are those of Universal Dependencies 2 (https://universaldependencies.org/en/), tags
those of the Penn Treebank, entities PERSON, ORG, LOC and NORP. `Token._.kind` tells what a noun or pronoun names, by
the kinds of GUM's entity layer (https://wiki.gucorpling.org/gum/entities). Vectors of words stay in `Doc.tensor`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy
import onnxruntime
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.pieces import Vocabulary
from kg.language.reading import Reading, Scores
from kg.language.windows import Batch, find_windows, to_batches

# https://universaldependencies.org/u/dep/, without their subtypes; spaCy writes the root in capitals
RELATIONS = frozenset(
    (
        *("acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop"),
        *("csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list"),
        *("mark", "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root"),
        *("vocative", "xcomp", "ROOT"),
    )
)

_NETWORKS = ("words", "relations", "acts")
_FILES = (*(f"{name}.onnx" for name in _NETWORKS), "vocabulary.txt", "labels.json")
_OUTPUTS = ("vectors", "arcs", "parts", "tags", "features", "starts", "entities", "kinds")
# Pieces that go through the network at once, where more than one window is to: none is, since padding costs more than
# it saves, and since numbers are rounded by the largest in a batch, which would make a window depend on its neighbours.
_PIECES = 1

# Person, organization, place, event, time, object, substance, plant, animal or abstract; empty for other words.
Token.set_extension("kind", default="")


@Language.factory(
    "kg_reader",
    assigns=["token.dep", "token.head", "token.tag", "token.pos", "token.morph", "token.lemma", "doc.ents"],
)
def make_reader(nlp: Language, name: str) -> Reader:
    """A reader without a network; `from_disk` brings one."""
    return Reader(name)


class Reader:
    """The network of a model folder, applied to Docs."""

    def __init__(self, name: str = "kg_reader") -> None:
        """A reader that still has to be loaded from disk."""
        self.name = name
        self._files: dict[str, bytes] = {}
        self._names: dict[str, list[str]] = {}
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}

    def from_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> Reader:
        """Load the network in folder `path`; an OSError where a file of it is missing."""
        self._files = {name: (Path(path) / name).read_bytes() for name in _FILES}
        self._vocabulary = Vocabulary(self._files["vocabulary.txt"].decode("utf-8").split("\n")[:-1])
        self._names = json.loads(self._files["labels.json"])
        self._sessions = {name: _session(self._files[f"{name}.onnx"]) for name in _NETWORKS}
        return self

    def to_disk(self, path: Path | str, *, exclude: Sequence[str] = ()) -> None:
        """Write the network to folder `path`."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (Path(path) / name).write_bytes(content)

    @property
    def labels(self) -> tuple[str, ...]:
        """The relations and the kinds of entity that the reader gives."""
        kinds = {label[2:] for label in self._names.get("entities", ()) if label != "O"}
        return (*self._names.get("labels", ()), *sorted(kinds))

    def __call__(self, doc: Doc) -> Doc:
        """`doc` with everything set that the reader knows."""
        reading = Reading(doc, self._names)
        for batch in to_batches(doc, list(find_windows(doc)), self._vocabulary, most=_PIECES):
            self._read(batch, reading)
        return reading.to_doc()

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Each of `docs`, read."""
        return map(self, docs)

    def _read(self, batch: Batch, reading: Reading) -> None:
        inputs = {"pieces": batch.pieces, "casings": batch.casings, "firsts": batch.firsts}
        scores: dict[str, Scores] = dict(
            zip(_OUTPUTS, self._sessions["words"].run(list(_OUTPUTS), inputs), strict=True)
        )
        heads = numpy.zeros(scores["parts"].shape[:2], dtype="int64")
        for row, window in enumerate(batch.windows):
            heads[row, : len(window)] = reading.set_heads(window, scores["starts"][row], scores["arcs"][row])
        ends = {"vectors": scores["vectors"], "heads": heads}
        scores["labels"] = self._sessions["relations"].run(["labels"], ends)[0]
        # Under the root stands the root, and nothing else is called so.
        root = self._names["labels"].index("root")
        scores["labels"][..., root] = numpy.where(heads == 0, numpy.inf, -numpy.inf)
        scores["vectors"] = scores["vectors"][:, 1:]
        for row, window in enumerate(batch.windows):
            reading.set_words(window, {name: own[row, : len(window)] for name, own in scores.items()})

    def acts(self, doc: Doc, pairs: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[dict[str, float]]:
        """How likely each PLOVER category is for what one party does to another, for each of `pairs`.

        CONCEDE and RETREAT count as one, YIELD.

        Args:
            doc: a Doc that was read by this reader.
            pairs: tokens of the actor and of the recipient within one sentence; either may be empty, not both.

        Returns:
            For each pair the categories with their probabilities.
        """
        return [self._act(doc, set(actor), set(recipient)) for actor, recipient in pairs]

    def _act(self, doc: Doc, actor: set[int], recipient: set[int]) -> dict[str, float]:
        tokens = [t.i for t in doc[min(actor | recipient)].sent if not t.is_space]
        # The network expects the vector of the root first; acts make no use of it.
        vectors = numpy.concatenate((numpy.zeros((1, doc.tensor.shape[1]), "float32"), doc.tensor[tokens]))
        masks = {"actor": actor, "recipient": recipient, "mask": set(tokens)}
        inputs = {name: numpy.array([[i in own for i in tokens]]) for name, own in masks.items()}
        scores = self._sessions["acts"].run(["categories"], {"vectors": vectors[None], **inputs})[0][0]
        shares = numpy.exp(scores - scores.max())
        return dict(zip(self._names["category"], (shares / shares.sum()).tolist(), strict=True))


def _session(network: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # No threads of its own: a signal or a fork finds none, and the same sums are added in the same order everywhere.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
