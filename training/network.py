"""The network: a small BERT over pieces and casings, and one head per thing to be told of a word.

Encoder: MiniLM-L6-H384 (Wang et al. 2020). Arcs and labels: deep biaffine attention (Dozat and Manning 2017), the
label scored from both ends once the head is known. Everything else is a linear layer over the first piece of a word.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTIONS, INNER = 384, 6, 12, 1536
ARC, LABEL = 256, 192
CASINGS = 14


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm_out, self.norm_outer = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` (batch, pieces, WIDTH), `mask` added to attention scores (batch, 1, 1, pieces)."""
        query, key, value = (
            part(x).unflatten(-1, (ATTENTIONS, WIDTH // ATTENTIONS)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        weights = (query @ key.transpose(2, 3) / math.sqrt(WIDTH // ATTENTIONS) + mask).softmax(-1)
        seen = (self.dropout(weights) @ value).transpose(1, 2).flatten(2)
        x = self.norm_out(x + self.dropout(self.out(seen)))
        return self.norm_outer(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces and casings -> a vector for each piece."""

    def __init__(self, vocabulary: int, dropout: float) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(512, WIDTH)
        self.casing = nn.Embedding(CASINGS + 1, WIDTH)
        nn.init.normal_(self.casing.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, pieces: Tensor, casings: Tensor) -> Tensor:
        """`pieces` and `casings` (batch, pieces) -> (batch, pieces, WIDTH); piece 0 is padding."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.word(pieces) + self.position(places) + self.casing(casings)
        x = self.dropout(self.norm(x))
        mask = (pieces == 0).to(x.dtype)[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load(self, path: Path) -> None:
        """Take over the weights of a BERT in safetensors."""
        old = load_file(path)
        self.word.weight.data = old["embeddings.word_embeddings.weight"]
        self.position.weight.data = (
            old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(self.norm, old, "embeddings.LayerNorm")
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "out": "attention.output.dense",
            "norm_out": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "norm_outer": "output.LayerNorm",
        }
        for number, layer in enumerate(self.layers):
            for mine, theirs in names.items():
                _copy(getattr(layer, mine), old, f"encoder.layer.{number}.{theirs}")


def _copy(module: nn.Module, old: dict[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = old[f"{name}.weight"], old[f"{name}.bias"]


class Network(nn.Module):
    """What is told of words: part of speech, tag, features, entity, sentence start, head, label, kind of act."""

    def __init__(self, vocabulary: int, sizes: dict[str, int], *, dropout: float = 0.1) -> None:
        """A network with `sizes` labels of each kind."""
        super().__init__()
        self.encoder = Encoder(vocabulary, dropout)
        self.heads = nn.ModuleDict(
            {k: nn.Linear(WIDTH, n) for k, n in sizes.items() if k not in {"labels", "category"}}
        )
        self.arc_own, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        nn.init.normal_(self.arc, std=0.02)
        self.label_own, self.label_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.label = nn.Linear(3 * LABEL, sizes["labels"])
        self.dropout = nn.Dropout(0.33)
        self.ask = nn.Linear(2 * WIDTH, WIDTH)
        self.act = nn.Sequential(
            nn.Linear(4 * WIDTH, 256), nn.GELU(), nn.Dropout(0.3), nn.Linear(256, sizes["category"])
        )

    def encode(self, pieces: Tensor, casings: Tensor, firsts: Tensor) -> Tensor:
        """Vectors of words (batch, words + 1, WIDTH), the first that of the root; `firsts` leads from word to piece."""
        x = self.encoder(pieces, casings)
        return x.gather(1, firsts[:, :, None].expand(-1, -1, WIDTH))

    def arcs(self, words: Tensor) -> Tensor:
        """Scores (batch, words, words + 1) of each word's head; 0 is the root."""
        own = self.dropout(functional.gelu(self.arc_own(words[:, 1:])))
        head = self.dropout(functional.gelu(self.arc_head(words)))
        own = torch.cat((own, torch.ones_like(own[..., :1])), -1)
        return own @ self.arc @ head.transpose(1, 2)

    def labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores (batch, words, labels) of the relation of each word to its head (batch, words)."""
        own = self.dropout(functional.gelu(self.label_own(words[:, 1:])))
        head = self.dropout(functional.gelu(self.label_head(words)))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, LABEL))
        return self.label(torch.cat((own, head, own * head), -1))

    def acts(self, words: Tensor, actor: Tensor, recipient: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, categories) of the act between two parties, whose words the masks (batch, words) show."""
        own = words[:, 1:]
        first, second = _mean(own, actor), _mean(own, recipient)
        asked = self.ask(torch.cat((first, second), -1))
        weights = (torch.einsum("bwd,bd->bw", own, asked) / math.sqrt(WIDTH)).masked_fill(~mask, -1e4).softmax(-1)
        told = torch.einsum("bw,bwd->bd", weights, own)
        return self.act(torch.cat((first, second, told, _mean(own, mask)), -1))


def _mean(words: Tensor, mask: Tensor) -> Tensor:
    """The mean of the masked words, zero where there are none."""
    share = mask.to(words.dtype)
    return torch.einsum("bw,bwd->bd", share, words) / share.sum(1, keepdim=True).clamp(min=1)
