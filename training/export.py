"""Trained network -> model folder: `export.py RUN START OUT`.

Weights are rounded to 8 bits (7 used, so that sums cannot overflow on processors without VNNI), which takes a
quarter of the space and half the time; `evaluate.py` measures the folder as it is shipped.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import spacy
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

import kg.language.reader  # noqa: F401  its factory
from network import Network


class Words(nn.Module):
    """Everything that needs no tree."""

    names = ("vectors", "arcs", "parts", "tags", "features", "starts", "entities", "kinds")

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, casings: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        vectors = self.network.encode(pieces, casings, firsts)
        own = vectors[:, 1:]
        return vectors, self.network.arcs(vectors), *(self.network.heads[name](own) for name in self.names[2:])


class Relations(nn.Module):
    """The label of each word's relation to its head."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, vectors: Tensor, heads: Tensor) -> Tensor:
        return self.network.labels(vectors, heads)


class Acts(nn.Module):
    """The kind of act between two parties."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, vectors: Tensor, actor: Tensor, recipient: Tensor, mask: Tensor) -> Tensor:
        return self.network.acts(vectors, actor, recipient, mask)


def main() -> None:
    """Write the model folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    labels = json.loads((args.run / "labels.json").read_text())
    pieces = (args.start / "vocab.txt").read_text("utf-8").splitlines()
    network = Network(len(pieces), {kind: len(names) for kind, names in labels.items()})
    network.load_state_dict(load_weights(args.run))
    network.eval()
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_reader")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        export(network, folder)
        (folder / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
        (folder / "labels.json").write_text(json.dumps(labels, indent=1))
        nlp.get_pipe("kg_reader").from_disk(folder)
        nlp.meta.update(name="kg", version="1.0.0", license="CC-BY-SA-4.0", description="Reads English political news")
        if args.out.exists():
            shutil.rmtree(args.out)
        nlp.to_disk(args.out)


def load_weights(run: Path) -> dict[str, Tensor]:
    """The averaged weights of a run, finished or not."""
    if (run / "network.pt").exists():
        return torch.load(run / "network.pt")
    state = torch.load(run / "state.pt")["average"]
    return {name.removeprefix("module."): value for name, value in state.items() if name.startswith("module.")}


def export(network: Network, folder: Path) -> None:
    """Write each part of the network to `folder`."""
    window, word = {0: "windows", 1: "pieces"}, {0: "windows", 1: "words"}
    ones = torch.ones(2, 7, dtype=torch.long)
    firsts = torch.tensor([[0, 1, 2, 3], [0, 1, 2, 4]])
    vectors = network.encode(ones, ones, firsts)
    _export(
        Words(network),
        (ones, ones, firsts),
        {"pieces": window, "casings": window, "firsts": {0: "windows", 1: "nodes"}},
        {
            **dict.fromkeys(Words.names, word),
            "vectors": {0: "windows", 1: "nodes"},
            "arcs": {0: "windows", 1: "words", 2: "nodes"},
        },
        folder / "words.onnx",
    )
    _export(
        Relations(network),
        (vectors, torch.ones(2, 3, dtype=torch.long)),
        {"vectors": {0: "windows", 1: "nodes"}, "heads": word},
        {"labels": word},
        folder / "relations.onnx",
    )
    mask = torch.ones(2, 3, dtype=torch.bool)
    _export(
        Acts(network),
        (vectors, mask, mask, mask),
        {"vectors": {0: "windows", 1: "nodes"}, "actor": word, "recipient": word, "mask": word},
        {"categories": {0: "windows"}},
        folder / "acts.onnx",
    )


def _export(module: nn.Module, example: tuple, inputs: dict, outputs: dict, path: Path) -> None:
    full = path.with_suffix(".full")
    torch.onnx.export(
        module,
        example,
        full,
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**inputs, **outputs},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    onnx.checker.check_model(path)
    full.unlink()


if __name__ == "__main__":
    main()
