"""Fine-tunes the reader on annotated pages.

    python -m training.fit --weights DIR --pages DIR… --out FILE [--fold K/N] [--epochs N] [--device cuda]

Resumable: the state after each epoch stands beside FILE and is taken up again. Same seed, same order of pages.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.ner.learned import sentence_numbers
from training.names import Renamer
from training.network import FITS, LABELS, TYPES, UNKNOWN, Characters, Encoder, Reader, read_encoder
from training.pages import Example, in_fold, parse_fold, read_examples

_LABEL: Final = {label: i for i, label in enumerate(LABELS)}
_TYPE: Final = {type_: i for i, type_ in enumerate(TYPES)}
_PAGES_A_STEP: Final = 6
_BLANKED: Final = 0.02
"""Share of characters replaced by the unknown one, so that names with rare characters are found too."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run depends on, besides its pages."""

    layers: int = 6
    epochs: int = 12
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    averaging: float = 0.995
    renamed: float = 0.5
    seed: int = 1
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Item:
    """A page as tensors; offsets are those of its text, which renaming keeps."""

    example: Example
    tags: Tensor
    start: Tensor
    end: Tensor
    label: Tensor
    sentence: Tensor
    wanted: Tensor
    weight: Tensor
    reported: Tensor


def make_item(example: Example) -> Item:
    """Turn a page into tensors."""
    spans, count = example.spans, len(example.spans)
    tags = torch.zeros(len(example.text), len(LABELS), dtype=torch.long)
    for span in spans:
        tags[span.start, _LABEL[span.label]] = 1
        tags[span.start + 1 : span.end, _LABEL[span.label]] = 2
    wanted, weight = torch.zeros(count, count, len(TYPES)), torch.ones(count, count, len(TYPES))
    for type_, i, j in example.unsure:
        weight[i, j, _TYPE[type_]] = 0
    for type_, i, j in example.pairs:
        wanted[i, j, _TYPE[type_]] = weight[i, j, _TYPE[type_]] = 1
    label = torch.tensor([_LABEL[s.label] for s in spans], dtype=torch.long)
    numbers = list(sentence_numbers(example.text))
    return Item(
        example,
        tags,
        torch.tensor([s.start for s in spans], dtype=torch.long),
        torch.tensor([s.end for s in spans], dtype=torch.long),
        label,
        torch.tensor([numbers[s.start] for s in spans], dtype=torch.long),
        wanted,
        weight * FITS[label][:, label] if count else weight,
        torch.tensor([float(i in example.reported) for i in range(count)]),
    )


def iter_steps(items: Sequence[Item], rng: random.Random) -> Iterator[list[Item]]:
    """Yield all pages in random order, a few of like length a step."""
    order = list(range(len(items)))
    rng.shuffle(order)
    steps = []
    for at in range(0, len(order), _PAGES_A_STEP * 8):
        alike = sorted(order[at : at + _PAGES_A_STEP * 8], key=lambda i: len(items[i].example.text))
        steps += [alike[i : i + _PAGES_A_STEP] for i in range(0, len(alike), _PAGES_A_STEP)]
    rng.shuffle(steps)
    for step in steps:
        yield [items[i] for i in step]


def step_loss(reader: Reader, items: Sequence[Item], pages: Sequence[Sequence[int]]) -> tuple[Tensor, float, float]:
    """Return the loss of some pages, and its two parts a character and a pair for people to look at."""
    device = reader.tagger.weight.device
    tags, pairs = torch.zeros((), device=device), torch.zeros((), device=device)
    reported = torch.zeros((), device=device)
    twice = torch.tensor(2.0, device=device)
    characters, positives, meetings = 0, 0.0, 1.0
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
        encoded = reader.characters(pages)
    for item, x in zip(items, encoded, strict=True):
        x = x.float()
        scores = reader.tags(x)
        tags = tags + F.cross_entropy(scores.permute(0, 2, 1), item.tags.to(device), reduction="sum") / len(LABELS)
        characters += len(x)
        if len(item.start) > 1:
            inputs = (t.to(device) for t in (item.start, item.end, item.label, item.sentence))
            scores, main = reader.pairs(x, *inputs)
            pairs = pairs + F.binary_cross_entropy_with_logits(
                scores, item.wanted.to(device), weight=item.weight.to(device), reduction="sum", pos_weight=twice
            )
            positives += float(item.wanted.sum())
            is_meeting = (item.label == _LABEL["MEETING"]).float().to(device)
            reported = reported + F.binary_cross_entropy_with_logits(
                main, item.reported.to(device), weight=is_meeting, reduction="sum"
            )
            meetings += float(is_meeting.sum())
    loss = 20 * tags / characters + 0.5 * pairs / max(8.0, positives) + 0.3 * reported / meetings
    return loss, tags.item() / characters, pairs.item() / max(8.0, positives)


class Average:
    """A running mean of the weights: what is kept, because single steps on few pages jump."""

    def __init__(self, reader: nn.Module, decay: float) -> None:
        """Start at the weights as they are."""
        self.decay, self.steps = decay, 0
        self.state = {k: v.detach().clone().float() for k, v in reader.state_dict().items()}

    def update(self, reader: nn.Module) -> None:
        """Take one step in; early steps count more, so that the start is soon forgotten."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, value in reader.state_dict().items():
            self.state[name].lerp_(value.float(), 1 - decay)


def fit(items: Sequence[Item], reader: Reader, characters: Characters, settings: Settings, out: Path) -> None:
    """Train, and write the averaged weights to `out` after each epoch."""
    rng = random.Random(settings.seed)
    renamer = Renamer([item.example for item in items])
    groups = [
        {"params": [p for n, p in reader.named_parameters() if n.startswith("encoder")], "lr": settings.encoder_rate},
        {"params": [p for n, p in reader.named_parameters() if not n.startswith("encoder")], "lr": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = settings.epochs * math.ceil(len(items) / _PAGES_A_STEP)
    warm = 0.06 * total
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, (total - step) / total)
    )
    average, state = Average(reader, settings.averaging), out.with_suffix(".state")
    first = 0
    if state.exists():
        kept = torch.load(state, weights_only=False)
        reader.load_state_dict(kept["reader"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        average.state, average.steps, first = kept["average"], kept["steps"], kept["epoch"]
        rng.setstate(kept["rng"])
    begin = time.monotonic()
    for epoch in range(first, settings.epochs):
        reader.train()
        seen = [0.0, 0.0, 0]
        for step in iter_steps(items, rng):
            texts = [
                renamer.renamed(item.example, rng) if rng.random() < settings.renamed else item.example.text
                for item in step
            ]
            pages = [[UNKNOWN if rng.random() < _BLANKED else i for i in characters.ids(text)] for text in texts]
            loss, tags, pairs = step_loss(reader, step, pages)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update(reader)
            seen = [seen[0] + tags, seen[1] + pairs, seen[2] + 1]
        print(
            f"[{time.monotonic() - begin:6.0f} s] epoch {epoch + 1} of {settings.epochs}: "
            f"tags {seen[0] / seen[2]:.4f}, pairs {seen[1] / seen[2]:.4f}",
            flush=True,
        )
        torch.save({"reader": average.state, "rows": characters.rows, "layers": settings.layers}, out)
        torch.save(
            {
                "reader": reader.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "average": average.state,
                "steps": average.steps,
                "epoch": epoch + 1,
                "rng": rng.getstate(),
            },
            state,
        )
    state.unlink(missing_ok=True)


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, help="folder with weights.npz and chars.json")
    parser.add_argument("--pages", type=Path, nargs="+", required=True)
    parser.add_argument("--without", type=Path, help="file of names to leave out, one a line")
    parser.add_argument("--fold", type=parse_fold, help="K/N: leave out this part")
    parser.add_argument("--limit", type=int, default=0, help="only so many pages, for a learning curve")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a reader to go on from, such as that of a fold")
    parser.add_argument(
        "--rate", type=float, default=Settings().encoder_rate, help="of the encoder; heads learn faster"
    )
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    usual = Settings()
    heads = usual.head_rate * args.rate / usual.encoder_rate
    settings = Settings(
        layers=args.layers, epochs=args.epochs, encoder_rate=args.rate, head_rate=heads, device=args.device
    )
    torch.set_num_threads(args.threads)
    torch.manual_seed(settings.seed)
    without = args.without.read_text("utf-8").split() if args.without else []
    examples = list(read_examples(args.pages, without=without))
    if args.fold:
        examples = [example for example in examples if not in_fold(example.name, args.fold)]
    if args.limit:
        random.Random(settings.seed).shuffle(examples)
        examples = examples[: args.limit]
    if args.start:
        kept = torch.load(args.start, weights_only=True)
        characters, settings = Characters(kept["rows"]), replace(settings, layers=kept["layers"])
        reader = Reader(Encoder(len(characters), settings.layers))
        reader.load_state_dict(kept["reader"])
    else:
        known = [*(c for e in examples for c in e.text), *Renamer([]).characters(), *gb2312()]
        characters = Characters.read(args.weights / "chars.json").with_rows(known)
        reader = Reader(read_encoder(args.weights / "weights.npz", len(characters), settings.layers))
    reader.to(settings.device)
    items = [make_item(example) for example in examples if example.text]
    size = sum(len(item.example.text) for item in items)
    print(f"{len(items)} pages, {size} characters, {len(characters)} rows", flush=True)
    fit(items, reader, characters, settings, args.out)


def gb2312() -> list[str]:
    """Return the 6,763 Chinese characters of GB/T 2312: whatever a name is printed with, nearly."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [c for code in codes if (c := code.decode("gb2312", errors="ignore"))]


if __name__ == "__main__":
    main()
