"""Folder of corpora -> trained network: `train.py CORPORA OUT`, about two hours on two cores.

All tasks share the encoder; a step takes one batch of one task. The learning rate is constant and falls to zero over
the last third; what is kept is the running average of the weights. Stopped and started again it goes on where it
was: OUT/state.pt is written every few minutes.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from corpora import Window, draw_windows, read_entities, read_relations, read_treebank, recase
from kg.language.pieces import Vocabulary, casing
from network import Network

TASKS = ("syntax", "entities", "acts")
BATCH = {"syntax": 1000, "entities": 1000, "acts": 500}  # words
SHARES = {"syntax": 0.56, "entities": 0.36, "acts": 0.08}
WEIGHTS = {"parts": 0.5, "tags": 1.0, "features": 0.5, "arcs": 1.0, "labels": 1.0, "starts": 0.5, "kinds": 0.5}
RATE, HEAD_RATE = 1.0e-4, 7e-4


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with treebank/, ner/ and plover/")
    parser.add_argument("start", type=Path, help="folder with model.safetensors and vocab.txt of the encoder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--steps", type=int, default=4200)
    parser.add_argument("--minutes", type=float, default=5, help="minutes between two saved states")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    Trainer(args).run()


class Trainer:
    """Everything that a run needs and that a saved state brings back."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.vocabulary = Vocabulary((args.start / "vocab.txt").read_text("utf-8").split("\n")[:-1])
        treebank = args.corpora / "treebank"
        self.trees = [d for name in ("ewt", "gum") for d in read_treebank(treebank / f"{name}-train.conllu")]
        self.entities = read_entities(args.corpora / "ner", held_out=False)
        self.relations = read_relations(args.corpora / "plover" / "relations-dev.jsonl", held_out=False)
        self.names = label_names(self.trees, self.entities, self.relations)
        (args.out / "labels.json").write_text(json.dumps(self.names, indent=1))
        lines = sum(1 for _ in (args.start / "vocab.txt").open(encoding="utf-8"))
        self.network = Network(lines, {kind: len(names) for kind, names in self.names.items()})
        self.network.encoder.load(args.start / "model.safetensors")
        inner = [p for p in self.network.encoder.parameters() if p.requires_grad]
        outer = [p for n, p in self.network.named_parameters() if not n.startswith("encoder.")]
        groups = [{"params": inner, "lr": RATE}, {"params": outer, "lr": HEAD_RATE}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)
        self.average = AveragedModel(self.network, multi_avg_fn=get_ema_multi_avg_fn(0.998))
        self.chance = random.Random(0)
        self.batches = {task: self._batches(task) for task in TASKS}
        self.step = 0

    def _rate(self, step: int) -> float:
        falls = 0.65 * self.args.steps
        return min(1.0, step / 150) * (
            1.0 if step < falls else max(0.0, (self.args.steps - step) / (self.args.steps - falls))
        )

    def _windows(self, task: str) -> list[Window]:
        if task == "syntax":
            return list(draw_windows(self.trees, self.chance))
        return list(self.entities if task == "entities" else self.relations)

    def _batches(self, task: str) -> Iterator[list[Window]]:
        """Batches of windows of about one length, for ever."""
        while True:
            windows = [recase(w, self.chance, share=0.12) for w in self._windows(task)]
            windows = [w for w in windows if len(w.words) <= 250]
            windows.sort(key=lambda w: len(w.words) + self.chance.random() * 6)
            batches: list[list[Window]] = [[]]
            for window in windows:
                if (len(batches[-1]) + 1) * len(window.words) > BATCH[task] and batches[-1]:
                    batches.append([])
                batches[-1].append(window)
            self.chance.shuffle(batches)
            yield from batches

    def run(self) -> None:
        """Train to the last step."""
        path = self.args.out / "state.pt"
        if path.exists():
            self._load(path)
        kept = began = time.monotonic()
        sums: dict[str, float] = {}
        while self.step < self.args.steps:
            task = self.chance.choices(TASKS, [SHARES[t] for t in TASKS])[0]
            with torch.autocast("cpu", torch.bfloat16):
                loss = self._loss(task, next(self.batches[task]))
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            self.average.update_parameters(self.network)
            self.step += 1
            sums[task] = 0.98 * sums.get(task, loss.item()) + 0.02 * loss.item()
            if self.step % 50 == 0:
                told = " ".join(f"{k} {v:.3f}" for k, v in sorted(sums.items()))
                print(f"{self.step} {time.monotonic() - began:.0f}s {told}", flush=True)
            if time.monotonic() - kept > 60 * self.args.minutes:
                kept = time.monotonic()
                self._save(path)
        self._save(path)
        torch.save(self.average.module.state_dict(), self.args.out / "network.pt")

    def _save(self, path: Path) -> None:
        state = {k: getattr(self, k).state_dict() for k in ("network", "average", "optimizer", "schedule")}
        torch.save({**state, "step": self.step}, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def _load(self, path: Path) -> None:
        state = torch.load(path)
        for name in ("network", "average", "optimizer", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.step = state["step"]
        self.chance.seed(self.step)

    def _loss(self, task: str, windows: list[Window]) -> Tensor:
        pieces, casings, firsts = to_tensors(self.vocabulary, [w.words for w in windows])
        words = self.network.encode(pieces, casings, firsts)
        if task == "syntax":
            return self._syntax_loss(words, windows)
        if task == "entities":
            return _loss(self.network.heads["entities"](words[:, 1:]), self._numbers("entities", windows))
        width = words.shape[1] - 1
        mask = torch.tensor([[i < len(w.words) for i in range(width)] for w in windows])
        actor, recipient = (
            torch.tensor([[i in getattr(w, side) for i in range(width)] for w in windows])
            for side in ("actor", "recipient")
        )
        wanted = torch.tensor([self.names["category"].index(w.category) for w in windows])
        return functional.cross_entropy(self.network.acts(words, actor, recipient, mask).float(), wanted)

    def _syntax_loss(self, words: Tensor, windows: list[Window]) -> Tensor:
        width = words.shape[1] - 1
        own = words[:, 1:]
        loss = torch.zeros(())
        for kind in ("parts", "tags", "features", "starts", "kinds"):
            loss = loss + WEIGHTS[kind] * _loss(self.network.heads[kind](own), self._numbers(kind, windows))
        heads = torch.tensor([[*w.heads, *[-100] * (width - len(w.words))] for w in windows])
        arcs = self.network.arcs(words).float().masked_fill(~same_sentence(windows, width), -1e4)
        labels = self.network.labels(words, heads.clamp(min=0))
        loss = loss + WEIGHTS["arcs"] * _loss(arcs, heads)
        return loss + WEIGHTS["labels"] * _loss(labels, self._numbers("labels", windows))

    def _numbers(self, kind: str, windows: list[Window]) -> Tensor:
        """The gold labels of `kind` as numbers (windows, words), -100 where there is none."""
        table = {name: i for i, name in enumerate(self.names[kind])}
        width = max(len(w.words) for w in windows)
        rows = []
        for window in windows:
            own = [int(v) if kind == "starts" else table.get(v, -100) for v in getattr(window, kind)]
            rows.append([*own, *[-100] * (width - len(own))])
        return torch.tensor(rows)


def _loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """The mean loss over the words that have a label."""
    if not (wanted >= 0).any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores.float().flatten(0, 1), wanted.flatten())


def label_names(trees: list[list[Window]], entities: list[Window], relations: list[Window]) -> dict[str, list[str]]:
    """The labels of each kind, in order; rare bundles of features are left out."""
    counts: dict[str, int] = {}
    sentences = [s for d in trees for s in d]
    for feature in (f for s in sentences for f in s.features):
        counts[feature] = counts.get(feature, 0) + 1
    return {
        "parts": sorted({p for s in sentences for p in s.parts}),
        "tags": sorted({t for s in sentences for t in s.tags}),
        "features": sorted(f for f, n in counts.items() if n >= 3),
        "labels": sorted({x for s in sentences for x in s.labels}),
        "entities": sorted({e for w in entities for e in w.entities}),
        "kinds": sorted({k for s in sentences for k in s.kinds} - {""}),
        "starts": ["inside", "start"],
        "category": sorted({w.category for w in relations}),
    }


def same_sentence(windows: list[Window], width: int) -> Tensor:
    """True (windows, width, width + 1) where two words stand in one sentence, and for the root."""
    numbers = []
    for window in windows:
        count, row = 0, []
        for start in window.starts:
            count += start
            row.append(count)
        numbers.append([*row, *[0] * (width - len(row))])
    sentence = torch.tensor(numbers)
    same = sentence[:, :, None] == sentence[:, None, :]
    return torch.cat((torch.ones_like(same[..., :1]), same), -1)


def to_tensors(vocabulary: Vocabulary, texts: list[tuple[str, ...]]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces and casings (texts, pieces), and where each word begins, after 0 for the root (texts, words + 1)."""
    rows: list[tuple[list[int], list[int], list[int]]] = []
    for words in texts:
        pieces, casings, firsts = [vocabulary.first], [0], [0]
        for word in words:
            own = vocabulary.pieces(word)
            firsts.append(len(pieces))
            pieces.extend(own)
            casings.extend((casing(word) + 1, *[casing(word) + 8] * (len(own) - 1)))
        rows.append(([*pieces, vocabulary.last], [*casings, 0], firsts))
    columns = []
    for column in zip(*rows, strict=True):
        width = max(map(len, column))
        columns.append(torch.tensor([[*row, *[0] * (width - len(row))] for row in column]))
    return columns[0], columns[1], columns[2]


if __name__ == "__main__":
    main()
