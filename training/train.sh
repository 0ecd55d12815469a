#!/usr/bin/env bash
# Makes kg/models/reader anew: adapt, fit with a part held out, go on with all pages, export, learn the combiner on what was held out.
# Each step is left out when its result is there; an interrupted step goes on where it was. Delete WORK to begin anew.
set -euo pipefail
cd "$(dirname "$0")/.."

SHARED=${SHARED:-../shared}
WORK=${WORK:-build/training}
DEVICE=${DEVICE:-cpu}
PYTHON=${PYTHON:-.venv/bin/python}
PAGES=("$SHARED/train" "$SHARED/gold")
ENCODER=${ENCODER:-}

for need in "$SHARED/data/xwlb/xwlb.jsonl.gz" "$SHARED/models/e5-small-zh-chars/weights.npz" "${PAGES[@]}"; do
    if [ ! -e "$need" ]; then
        printf 'training needs %s, which is not here.\n' "$need" >&2
        printf 'SHARED=FOLDER names the folder with models/e5-small-zh-chars, data/xwlb, train and gold; training/README.md says what they are.\n' >&2
        exit 3
    fi
done
"$PYTHON" -c 'import torch, onnx, sklearn' 2>/dev/null || "$PYTHON" -m pip install --quiet --editable '.[train]'
mkdir -p "$WORK"

if [ -z "$ENCODER" ]; then
    ENCODER=$WORK/adapted
    [ -f "$ENCODER/chars.json" ] || "$PYTHON" -m training.adapt --weights "$SHARED/models/e5-small-zh-chars" \
        --news "$SHARED/data/xwlb/xwlb.jsonl.gz" --before 2025 --out "$ENCODER" --device "$DEVICE"
fi
common=(--without training/set_aside.txt --device "$DEVICE")
# The last pages of ours are left out of all fitting, so that the combiner sees the shipped reader on pages new to it.
LAST='training/pages/(nb|mf|vj)'
mkdir -p "$WORK/first/clean" "$WORK/last/clean"
for file in training/pages/*.txt training/pages/*.json training/pages/clean/*.txt; do
    part=first
    [[ $file =~ $LAST || $file =~ clean/(nb|mf|vj) ]] && part=last
    cp "$file" "$WORK/$part/${file#training/pages/}"
done
[ -f "$WORK/fold.done" ] || {
    "$PYTHON" -m training.fit --weights "$ENCODER" --pages "${PAGES[@]}" "${common[@]}" --fold 0/4 --epochs 9 --out "$WORK/fold.pt"
    touch "$WORK/fold.done"
}
"$PYTHON" -m training.export "$WORK/fold.pt" "$WORK/fold"
[ -f "$WORK/all.done" ] || {
    "$PYTHON" -m training.fit --start "$WORK/fold.pt" --rate 1.2e-4 --pages "${PAGES[@]}" "$WORK/first" "${common[@]}" --epochs 4 --out "$WORK/all.pt"
    touch "$WORK/all.done"
}
"$PYTHON" -m training.export "$WORK/all.pt" kg/models/reader
"$PYTHON" -m training.combine --reader "$WORK/fold" --pages "${PAGES[@]}" --fold 0/4 --unseen "$WORK/first" "$WORK/last" \
    --also kg/models/reader "$WORK/last" --without training/set_aside.txt --out kg/models/reader/combiner.json
printf 'kg/models/reader is new: make eval test\n'
