"""Adapts the encoder to the domain by masked-language training on news without annotations.

    python -m training.adapt --weights DIR --news FILE.jsonl.gz --before 2025 --out DIR [--layers 6] [--budget 6600]

A fifth of the characters is hidden and guessed from the others. The budget is seconds; the learning rate
falls to nothing over it. Resumable: the state stands beside the result and is taken up again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.network import UNKNOWN, Characters, Encoder, read_encoder

HIDDEN: Final = 0.2
"""Share of characters to guess; of these eight in ten are blanked, one is another character, one is left."""
_HELD_OUT: Final = 200
_BATCH: Final = 32
_RATE: Final = 4e-4
_EVERY_S: Final = 600


class Guesser(nn.Module):
    """The encoder with a head that guesses characters; the head shares the embedding."""

    def __init__(self, encoder: Encoder) -> None:
        """Put a fresh head on an encoder."""
        super().__init__()
        rows, width = encoder.word.weight.shape
        self.encoder, self.dense, self.norm = encoder, nn.Linear(width, width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(rows))

    def forward(self, ids: Tensor, hidden: Tensor) -> Tensor:
        """Return scores for the hidden characters, in text order."""
        x = self.encoder(ids)[hidden]
        return self.norm(F.gelu(self.dense(x))) @ self.encoder.word.weight.T + self.bias


def hide(ids: Tensor, rows: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return the ids with some hidden, and which those are."""
    draw = torch.rand(ids.shape, generator=generator)
    other = torch.randint(4, rows, ids.shape, generator=generator)
    seen = torch.where(draw < 0.8 * HIDDEN, torch.full_like(ids, UNKNOWN), ids)
    seen = torch.where((draw >= 0.8 * HIDDEN) & (draw < 0.9 * HIDDEN), other, seen)
    return seen, draw < HIDDEN


def read_news(path: Path, before: str) -> list[str]:
    """Return the texts of a gzipped JSON Lines file that were published before a date, shuffled."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [f"{row['title']}\n{row['text']}" for row in rows if row["published"] < before]
    random.Random(1).shuffle(texts)
    return texts


def sequences(texts: list[str], characters: Characters, size: int) -> Tensor:
    """Return the texts as rows of `size` characters, what is left over at the end dropped."""
    ids = torch.tensor(characters.ids("\n".join(texts)))
    return ids[: len(ids) // size * size].view(-1, size)


@torch.no_grad()
def check(guesser: Guesser, held: Tensor, device: str) -> str:
    """Say how well hidden characters of held-out news are guessed."""
    guesser.eval()
    generator = torch.Generator().manual_seed(7)
    loss, right, count = 0.0, 0, 0
    for batch in held[:256].split(_BATCH):
        seen, hidden = hide(batch, guesser.bias.shape[0], generator)
        scores, wanted = guesser(seen.to(device), hidden.to(device)).float().cpu(), batch[hidden]
        loss += F.cross_entropy(scores, wanted, reduction="sum").item()
        right += int((scores.argmax(-1) == wanted).sum())
        count += len(wanted)
    guesser.train()
    return f"held out: loss {loss / count:.3f}, {right / count:.3f} guessed"


def adapt(guesser: Guesser, train: Tensor, held: Tensor, *, budget: float, device: str, state: Path) -> None:
    """Train for `budget` seconds, all sittings together."""
    optimizer = torch.optim.AdamW(guesser.parameters(), lr=_RATE, weight_decay=0.01, betas=(0.9, 0.98))
    generator = torch.Generator().manual_seed(1)
    spent, step = 0.0, 0
    if state.exists():
        kept = torch.load(state, weights_only=False)
        guesser.load_state_dict(kept["guesser"])
        optimizer.load_state_dict(kept["optimizer"])
        spent, step = kept["spent"], kept["step"]
        generator.set_state(kept["generator"])
    begin = told = time.monotonic()
    while (done := spent + time.monotonic() - begin) < budget:
        share = done / budget
        for group in optimizer.param_groups:
            group["lr"] = _RATE * min(1, (step + 1) / 60) * (1 if share < 0.25 else max(0.02, (1 - share) / 0.75))
        batch = train[torch.randint(len(train), (_BATCH,), generator=generator)]
        seen, hidden = hide(batch, guesser.bias.shape[0], generator)
        with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
            scores = guesser(seen.to(device), hidden.to(device))
        loss = F.cross_entropy(scores.float(), batch[hidden].to(device))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(guesser.parameters(), 1.0)
        optimizer.step()
        step += 1
        if time.monotonic() - told > _EVERY_S:
            told = time.monotonic()
            print(f"[{done:6.0f} s] step {step}, loss {loss.item():.3f}, {check(guesser, held, device)}", flush=True)
            torch.save(
                {
                    "guesser": guesser.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "spent": done,
                    "step": step,
                    "generator": generator.get_state(),
                },
                state,
            )
    print(f"{step} steps, {check(guesser, held, device)}", flush=True)
    state.unlink(missing_ok=True)


def write_encoder(encoder: Encoder, path: Path) -> None:
    """Write an encoder in the layout that `read_encoder` reads."""
    state = {k: v.detach().half().cpu().numpy() for k, v in encoder.state_dict().items()}
    out = {
        "embeddings.word_embeddings.weight": state["word.weight"],
        "embeddings.position_embeddings.weight": state["pos.weight"],
        "embeddings.token_type_embeddings.weight": np.zeros((1, state["pos.weight"].shape[1]), np.float16),
        "embeddings.LayerNorm.weight": state["ln.weight"],
        "embeddings.LayerNorm.bias": state["ln.bias"],
    }
    names = {
        "o": "attention.output.dense",
        "ln1": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "ln2": "output.LayerNorm",
    }
    for i in range(len(encoder.layers)):
        for part in ("weight", "bias"):
            for n, piece in enumerate(("query", "key", "value")):
                size = state[f"layers.{i}.qkv.{part}"].shape[0] // 3
                whole = state[f"layers.{i}.qkv.{part}"]
                out[f"encoder.layer.{i}.attention.self.{piece}.{part}"] = whole[n * size : (n + 1) * size]
            for short, long in names.items():
                out[f"encoder.layer.{i}.{long}.{part}"] = state[f"layers.{i}.{short}.{part}"]
    np.savez_compressed(path, **out)


def main() -> None:
    """Adapt from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--before", default="2025")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--size", type=int, default=192, help="characters a sequence")
    parser.add_argument("--budget", type=float, default=6600, help="seconds")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    torch.manual_seed(1)
    characters = Characters.read(args.weights / "chars.json")
    encoder = read_encoder(args.weights / "weights.npz", len(characters), args.layers, dropout=0.0)
    texts = read_news(args.news, args.before)
    held = sequences(texts[:_HELD_OUT], characters, args.size)
    train = sequences(texts[_HELD_OUT:], characters, args.size)
    guesser = Guesser(encoder).to(args.device)
    print(f"{train.numel()} characters, {check(guesser, held, args.device)}", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    adapt(guesser, train, held, budget=args.budget, device=args.device, state=args.out / "adapt.state")
    write_encoder(guesser.encoder.cpu(), args.out / "weights.npz")
    (args.out / "chars.json").write_text(json.dumps(characters.rows, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
