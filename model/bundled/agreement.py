"""
Compares what PyTorch and llama.cpp give to the same tokens: the checkpoint here, and what `candor score` wrote with the f32 GGUF
made of it. Of each file the first window is compared, which begins with `<|endoftext|>` in both.

    node dist/cli.mjs score FILE --engine=llama --model=MODEL-f32.gguf --format=json --out=SCORES.json      # of several files
    python3 model/bundled/agreement.py --checkpoint RUN/checkpoint.pt SCORES.json...

Ends with code 1 where a log-probability differs by more than 0.01 nats.
"""

import argparse
import json
from pathlib import Path

import torch

from decoder import SHAPES, Decoder
from vocabulary import SPECIALS, read_merges, spelled, token_list

MOST_NATS = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("scores", type=Path, nargs="+")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu")
    model = Decoder(SHAPES[state["shape"]])
    model.load_state_dict(state["model"])

    tokens = token_list(read_merges())
    ids = {token: index for index, token in enumerate(tokens)}
    boundary = len(tokens) - len(SPECIALS)

    compared, worst = 0, 0.0
    for path in options.scores:
        scored = json.loads(path.read_text(encoding="utf-8"))["tokens"][: model.shape.context - 1]
        row = [boundary, *(ids[spelled(token["text"])] for token in scored)]
        with torch.no_grad():
            logprobs = model(torch.tensor([row[:-1]]), boundary)[0].log_softmax(dim=-1)
        for place, token in enumerate(scored):
            worst = max(worst, abs(float(logprobs[place, row[place + 1]]) - token["logprobNats"]))
        compared += len(scored)
    print(f"{compared} tokens, largest difference {worst:.2g} nats")
    if worst > MOST_NATS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
