"""Turns a trained reader into the files that kg ships: ONNX with weights of eight bits, and the characters it knows.

python -m training.export READER.pt OUT
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import Final

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import FITS, LABELS, TYPES, Encoder, Reader

OPSET: Final = 17


class _Tagged(nn.Module):
    """The encoder with its taggers: ids of one window in, characters and shares of outside, begin, inside out."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        x = self.reader.encoder(ids)
        return x[0], self.reader.tags(x)[0].softmax(-1)


class _Paired(nn.Module):
    """The pairs of one page as probabilities."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.pairs = reader.pairs

    def forward(self, x: Tensor, start: Tensor, end: Tensor, label: Tensor, sentence: Tensor) -> tuple[Tensor, Tensor]:
        scores, reported = self.pairs(x, start, end, label, sentence)
        fits = FITS[label.unsqueeze(1), label.unsqueeze(0)]
        return scores.sigmoid() * fits, reported.sigmoid()


def read_reader(path: Path) -> tuple[Reader, dict[str, int]]:
    """Read what `training.fit` wrote: the reader, ready to read, and the rows of its characters."""
    kept = torch.load(path, weights_only=True)
    reader = Reader(Encoder(max(kept["rows"].values()) + 1, kept["layers"]))
    reader.load_state_dict(kept["reader"])
    return reader.eval(), kept["rows"]


def export(reader: Reader, rows: dict[str, int], out: Path) -> None:
    """Write `encoder.onnx`, `pairs.onnx` and `reader.json` with their digests."""
    out.mkdir(parents=True, exist_ok=True)
    count, length = 5, 64
    start = torch.arange(0, count * 4, 4)
    example = (
        torch.randn(length, 384),
        start,
        start + 2,
        torch.zeros(count, dtype=torch.long),
        torch.arange(count),
    )
    with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
        warnings.simplefilter("ignore")
        plain = Path(folder) / "encoder.onnx"
        torch.onnx.export(
            _Tagged(reader),
            (torch.randint(4, 100, (1, length)),),
            str(plain),
            input_names=["ids"],
            output_names=["characters", "tags"],
            dynamic_axes={"ids": {1: "length"}, "characters": {0: "length"}, "tags": {0: "length"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            plain,
            out / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        names = ["characters", "start", "end", "label", "sentence"]
        torch.onnx.export(
            _Paired(reader),
            example,
            str(out / "pairs.onnx"),
            input_names=names,
            output_names=["pairs", "reported"],
            dynamic_axes={
                "characters": {0: "length"},
                **{name: {0: "mentions"} for name in names[1:]},
                "pairs": {0: "mentions", 1: "mentions"},
                "reported": {0: "mentions"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
    files = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "pairs.onnx")}
    characters = [""] * (max(rows.values()) + 1)
    alike: dict[str, int] = {}
    for character, row in rows.items():
        if characters[row]:
            alike[character] = row
        else:
            characters[row] = character
    card = {"labels": LABELS, "types": TYPES, "files": files, "characters": characters, "alike": alike}
    (out / "reader.json").write_text(json.dumps(card, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    """Export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    export(*read_reader(args.reader), args.out)
    for path in sorted(args.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
