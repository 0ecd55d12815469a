"""The reader as a network: an encoder of characters, a tagger a label, and a score for each pair of mentions.

One character is one token. Everything here is exported to ONNX as it is (`training.export`), so the
program that reads pages needs no torch.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.ner.learned import windows
from training.pages import HEADS, LABELS, TAILS, TYPES

UNKNOWN: Final = 3
PADDING: Final = 1
_WIDTH: Final = 384
_HEADS: Final = 12
_DISTANCES: Final = (2, 4, 8, 16, 32, 64, 128, 256)
_LABEL: Final = {label: i for i, label in enumerate(LABELS)}

FITS: Final = torch.zeros(len(LABELS), len(LABELS), len(TYPES))
"""1 where a head and a tail of these labels can make a claim of this type."""
for _k, _type in enumerate(TYPES):
    for _head in HEADS[_type]:
        for _tail in TAILS[_type]:
            FITS[_LABEL[_head], _LABEL[_tail], _k] = 1


class Characters:
    """The vocabulary: rows of the embedding by character."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        """Take a row for each character; several characters may share one."""
        self.rows = dict(rows)

    @classmethod
    def read(cls, path: Path) -> Characters:
        """Read `chars.json`."""
        return cls(json.loads(path.read_text("utf-8")))

    def with_rows(self, characters: Sequence[str]) -> Characters:
        """Return a vocabulary with a new row for each character that has none, and for the end of a line."""
        size = max(self.rows.values()) + 1
        new = [c for c in sorted(set(characters)) if c not in self.rows]
        return Characters(self.rows | {c: size + i for i, c in enumerate(new)} | {"\n": size + len(new)})

    def ids(self, text: str) -> list[int]:
        """Return the row of each character."""
        return [self.rows.get(c, UNKNOWN) for c in text]

    def __len__(self) -> int:
        """Count the rows."""
        return max(self.rows.values()) + 1


class _Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.o = nn.Linear(_WIDTH, 3 * _WIDTH), nn.Linear(_WIDTH, _WIDTH)
        self.fi, self.fo = nn.Linear(_WIDTH, 4 * _WIDTH), nn.Linear(4 * _WIDTH, _WIDTH)
        self.ln1, self.ln2 = nn.LayerNorm(_WIDTH, 1e-12), nn.LayerNorm(_WIDTH, 1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, _HEADS, _WIDTH // _HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            a = (q @ k.transpose(-1, -2) / math.sqrt(_WIDTH // _HEADS)).softmax(-1) @ v
        else:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        a = self.o(a.transpose(1, 2).reshape(batch, length, _WIDTH))
        x = self.ln1(x + F.dropout(a, self.dropout, self.training))
        return self.ln2(x + F.dropout(self.fo(F.gelu(self.fi(x))), self.dropout, self.training))


class Encoder(nn.Module):
    """A BERT of characters: `layers` of 384, positions from 0, at most 512."""

    def __init__(self, rows: int, layers: int, dropout: float = 0.1) -> None:
        """Start with random weights; `read_encoder` reads trained ones."""
        super().__init__()
        self.word, self.pos = nn.Embedding(rows, _WIDTH), nn.Embedding(512, _WIDTH)
        self.ln = nn.LayerNorm(_WIDTH, 1e-12)
        self.layers = nn.ModuleList(_Layer(dropout) for _ in range(layers))
        self.dropout = dropout

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return `(batch, length, 384)`; `mask` is true where there is a character."""
        x = self.word(ids) + self.pos.weight[: ids.shape[1]]
        x = F.dropout(self.ln(x), self.dropout, self.training)
        attention = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attention)
        return x


def read_encoder(weights: Path, rows: int, layers: int, dropout: float = 0.1) -> Encoder:
    """Read an encoder in the layout of Hugging Face's BertModel (`weights.npz`), its first `layers` layers.

    Rows that the file does not have start from the mean of those it has, with a little noise.
    """
    stored = {k: torch.tensor(v.astype(np.float32)) for k, v in np.load(weights).items()}
    word = stored["embeddings.word_embeddings.weight"]
    new = word.mean(0) + 0.01 * torch.randn(rows - len(word), word.shape[1])
    state = {
        "word.weight": torch.cat([word, new]),
        "pos.weight": stored["embeddings.position_embeddings.weight"]
        + stored["embeddings.token_type_embeddings.weight"][0],
        "ln.weight": stored["embeddings.LayerNorm.weight"],
        "ln.bias": stored["embeddings.LayerNorm.bias"],
    }
    for i in range(layers):
        old, to = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            state[f"{to}qkv.{part}"] = torch.cat(
                [stored[f"{old}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            )
            state[f"{to}o.{part}"] = stored[f"{old}attention.output.dense.{part}"]
            state[f"{to}ln1.{part}"] = stored[f"{old}attention.output.LayerNorm.{part}"]
            state[f"{to}fi.{part}"] = stored[f"{old}intermediate.dense.{part}"]
            state[f"{to}fo.{part}"] = stored[f"{old}output.dense.{part}"]
            state[f"{to}ln2.{part}"] = stored[f"{old}output.LayerNorm.{part}"]
    encoder = Encoder(rows, layers, dropout)
    encoder.load_state_dict(state)
    return encoder


class Pairs(nn.Module):
    """Scores every pair of mentions for every type: a biaffine form, what stands between them, how far apart."""

    def __init__(self, width: int = 128, dropout: float = 0.15) -> None:
        """Start with all pairs unlikely."""
        super().__init__()
        kinds = len(TYPES)

        def side() -> nn.Module:
            return nn.Sequential(nn.Linear(3 * _WIDTH + 32, width), nn.GELU(), nn.Dropout(dropout))

        self.label = nn.Embedding(len(LABELS), 32)
        self.head, self.tail = side(), side()
        self.form = nn.Parameter(torch.randn(kinds, width, width) * 0.02)
        self.of_head, self.of_tail = nn.Linear(width, kinds), nn.Linear(width, kinds)
        self.between = nn.Sequential(nn.Linear(_WIDTH, width), nn.GELU(), nn.Linear(width, kinds))
        self.distance = nn.Embedding(2 * len(_DISTANCES) + 2, kinds)
        self.sentences = nn.Embedding(10, kinds)
        self.reported = nn.Linear(3 * _WIDTH + 32, 1)
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.sentences.weight)
        nn.init.constant_(self.of_head.bias, -3)

    def forward(self, x: Tensor, start: Tensor, end: Tensor, label: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor]:
        """Return scores before the sigmoid.

        Args:
            x: Characters of a page, `(length, 384)`.
            start: First character of each mention, in text order.
            end: One past its last.
            label: Its label's place in `LABELS`.
            sentence: The number of its sentence.

        Returns:
            `(mentions, mentions, types)`, head first; and `(mentions,)`: the page reports on this meeting.
        """
        sums = F.pad(x.cumsum(0), (0, 0, 1, 0))
        mean = (sums[end] - sums[start]) / (end - start).unsqueeze(1)
        mention = torch.cat([x[start], x[end - 1], mean, self.label(label)], -1)
        head, tail = self.head(mention), self.tail(mention)
        out = torch.einsum("id,kde,je->ijk", head, self.form, tail)
        out = out + self.of_head(head).unsqueeze(1) + self.of_tail(tail).unsqueeze(0)

        low = torch.minimum(end.unsqueeze(1), end.unsqueeze(0))
        high = torch.maximum(torch.maximum(start.unsqueeze(1), start.unsqueeze(0)), low + 1).clamp(max=x.shape[0])
        low = torch.minimum(low, high - 1)
        mean_between = (sums[high] - sums[low]) / (high - low).unsqueeze(-1)
        is_near = ((high - low) < 120).to(x.dtype).unsqueeze(-1)
        out = out + self.between(mean_between) * is_near

        apart = start.unsqueeze(0) - start.unsqueeze(1)
        steps = torch.tensor(_DISTANCES, device=x.device)
        bucket = (apart.abs().unsqueeze(-1) > steps).sum(-1) + (len(_DISTANCES) + 1) * (apart >= 0).long()
        breaks = sentence.unsqueeze(0) - sentence.unsqueeze(1)
        crossed = breaks.abs().clamp(max=4) + 5 * (breaks < 0).long()
        return out + self.distance(bucket) + self.sentences(crossed), self.reported(mention).squeeze(-1)


class Reader(nn.Module):
    """The encoder, a tagger (outside, begin, inside) for each label, and the pairs."""

    def __init__(self, encoder: Encoder) -> None:
        """Put fresh heads on an encoder."""
        super().__init__()
        self.encoder, self.pairs = encoder, Pairs()
        self.tagger = nn.Linear(_WIDTH, 3 * len(LABELS))

    def tags(self, x: Tensor) -> Tensor:
        """Return `(…, labels, 3)` before the softmax."""
        return self.tagger(x).unflatten(-1, (len(LABELS), 3))

    def characters(self, pages: Sequence[Sequence[int]]) -> list[Tensor]:
        """Encode pages, windows stitched where each is most central: `(length, 384)` each."""
        device = self.tagger.weight.device
        cut = [(k, a, b) for k, ids in enumerate(pages) for a, b in windows(len(ids))]
        longest = max(b - a for _, a, b in cut)
        ids = torch.full((len(cut), longest), PADDING)
        mask = torch.zeros(len(cut), longest, dtype=torch.bool)
        for row, (k, a, b) in enumerate(cut):
            ids[row, : b - a], mask[row, : b - a] = torch.tensor(pages[k][a:b]), True
        encoded = self.encoder(ids.to(device), mask.to(device))
        out = []
        for k, page in enumerate(pages):
            mine = [(row, a, b) for row, (of, a, b) in enumerate(cut) if of == k]
            parts, at = [], 0
            for i, (row, a, b) in enumerate(mine):
                end = len(page) if i == len(mine) - 1 else (b + mine[i + 1][1]) // 2
                parts.append(encoded[row, at - a : end - a])
                at = end
            out.append(torch.cat(parts))
        return out
