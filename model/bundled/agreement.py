"""
Compares what PyTorch and llama.cpp give to the same tokens: the checkpoint here, and what `candor score` wrote with the f32 GGUF
made of it. Each token is shown what llama.cpp was shown before it (src/engines/llama/scoringWindows.ts).

    node dist/cli.mjs score FILE --engine=llama --model=MODEL-f32.gguf --format=json --out=SCORES.json      # of several files
    python3 model/bundled/agreement.py --checkpoint RUN/checkpoint.pt [--out FILE] SCORES.json...

Ends with code 1 where a log-probability differs by more than 0.01 nats or fewer than 1,000 tokens are compared.
"""

import argparse
import json
import math
import re
from pathlib import Path
from typing import Iterator

import torch

from decoder import SHAPES, Decoder
from vocabulary import SPECIALS, read_merges, spelled, token_list

MOST_NATS = 0.01
LEAST_TOKENS = 1_000


def windows(policy: str, count: int) -> Iterator[tuple[int, int, int]]:
    """Of each window of a text of `count` tokens: its first token, the first token that it scores, and where it ends."""
    found = re.fullmatch(r"start token, then windows of (\d+) tokens, every (\d+)", policy)
    if found is None:
        raise SystemExit(f"The scores are of another context policy: {policy}.")
    size, stride = map(int, found.groups())
    start, scored = 0, 0
    while scored < count:
        end = min(start + size, count)
        yield start, scored, end
        start, scored = start + stride, end


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="a JSON file for the result, if it is good")
    parser.add_argument("scores", type=Path, nargs="+")
    options = parser.parse_args()
    state = torch.load(options.checkpoint, map_location="cpu")
    model = Decoder(SHAPES[state["shape"]])
    model.load_state_dict(state["model"])
    model.eval()

    tokens = token_list(read_merges())
    ids = {token: index for index, token in enumerate(tokens)}
    boundary = len(tokens) - len(SPECIALS)

    differences: list[float] = []
    for path in options.scores:
        scores = json.loads(path.read_text(encoding="utf-8"))
        row = [ids[spelled(token["text"])] for token in scores["tokens"]]
        for start, first, end in windows(scores["source"]["contextPolicy"], len(row)):
            with torch.no_grad():
                logprobs = model(torch.tensor([[boundary, *row[start : end - 1]]]), boundary)[0].log_softmax(dim=-1)
            for place in range(first, end):
                expected = float(logprobs[place - start, row[place]])
                differences.append(abs(expected - scores["tokens"][place]["logprobNats"]))
    if len(differences) < LEAST_TOKENS:
        raise SystemExit(f"Only {len(differences)} tokens were compared: score more text, {LEAST_TOKENS} tokens or more.")
    # Not `max`, which passes over what is no number.
    worst = math.nan if any(math.isnan(difference) for difference in differences) else max(differences)
    print(f"{len(differences)} tokens, largest difference {worst:.2g} nats")
    if not worst <= MOST_NATS:
        raise SystemExit(f"PyTorch and llama.cpp differ by more than {MOST_NATS} nats.")
    if options.out is not None:
        result = {"tokens": len(differences), "largestDifferenceNats": worst}
        options.out.write_text(f"{json.dumps(result)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
