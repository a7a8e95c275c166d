"""
Trains the decoder on the shards that `prepare.ts` wrote, once over, and goes on where it was cut off.

    python3 model/bundled/train.py --data DIR --out DIR --shape small --minutes 90

`--minutes` is for the whole run, over all of its parts: the rate rises over the first 2 %, stays, and falls to nothing over
the last 20 %. A checkpoint is written every `--checkpoint-minutes`; started again with the same `--out`, the run goes on
from there. `--out/log.jsonl` has one line for each report: step, tokens, seconds, rate and losses in nats a token.
"""

import argparse
import json
import math
import os
import tempfile
import time
from pathlib import Path
from typing import Iterator

import numpy
import torch
import torch.distributed
import torch.multiprocessing
import torch.nn.functional as F
from torch import Tensor, nn

from decoder import SHAPES, Decoder, Shape

WARM_UP = 0.02
DECAY = 0.20
REPORT_STEPS = 10
VALIDATION_BATCHES = 12


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shape", choices=SHAPES, default="small")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--batch-tokens", type=int, default=8_192)
    parser.add_argument("--at-once", type=int, default=0, help="sequences that go through at once; default: all of a batch")
    parser.add_argument("--rate", type=float, default=0.02, help="of the matrices; the tokens and norms learn at a fifth")
    parser.add_argument("--checkpoint-minutes", type=float, default=5)
    # Threads of OpenBLAS wait for each other longer than they gain on matrices as small as these: processes it is.
    parser.add_argument("--processes", type=int, default=1, help="that share each batch; one for each core of a CPU")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


class Shards:
    """Token ids of all shards, one after the other, cut into sequences of `context` tokens and the one that follows."""

    def __init__(self, paths: list[Path], context: int) -> None:
        self.parts = [numpy.memmap(path, dtype="<u2", mode="r") for path in paths]
        self.context = context
        self.counts = [max(0, (len(part) - 1) // context) for part in self.parts]

    def __len__(self) -> int:
        return sum(self.counts)

    def sequence(self, index: int) -> numpy.ndarray:
        for part, count in zip(self.parts, self.counts):
            if index < count:
                start = index * self.context
                return part[start : start + self.context + 1].astype(numpy.int64)
            index -= count
        raise IndexError(index)

    def batches(self, size: int, start: int, seed: int) -> Iterator[tuple[int, Tensor]]:
        """Batches of sequences in a fixed random order, from the `start`-th sequence on; anew when all were seen."""
        at = start
        while True:
            order = numpy.random.default_rng(seed + at // len(self)).permutation(len(self))
            rows = [self.sequence(int(order[(at + i) % len(self)])) for i in range(size)]
            at += size
            yield at, torch.from_numpy(numpy.stack(rows))


def orthogonal(matrix: Tensor, steps: int = 5) -> Tensor:
    """Roughly the nearest matrix whose singular values are all one, by Newton-Schulz steps (Jordan et al. 2024, Muon)."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.to(torch.bfloat16 if matrix.is_cuda else torch.float32)
    is_tall = x.shape[0] > x.shape[1]
    if is_tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if is_tall else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Momentum whose step is made orthogonal, for the matrices inside of the blocks: https://kellerjordan.github.io/posts/muon/"""

    def __init__(self, parameters: list[nn.Parameter], lr: float, momentum: float = 0.95, decay: float = 0.01) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "decay": decay})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(weight)
                momentum = state["momentum"].mul_(group["momentum"]).add_(weight.grad)
                step = orthogonal(weight.grad.add(momentum, alpha=group["momentum"]))
                scale = max(1.0, weight.shape[0] / weight.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["decay"]).add_(step, alpha=-group["lr"] * scale)


def optimizers(model: Decoder, rate: float) -> list[torch.optim.Optimizer]:
    matrices = [weight for name, weight in model.named_parameters() if weight.dim() == 2 and name.startswith("blk")]
    inside = {id(weight) for weight in matrices}
    others = [weight for weight in model.parameters() if id(weight) not in inside]
    return [Muon(matrices, rate), torch.optim.AdamW(others, lr=rate / 5, betas=(0.9, 0.95), weight_decay=0.0)]


def rate_at(progress: float) -> float:
    """Share of the full rate at a share of the run: up, level, down."""
    if progress < WARM_UP:
        return progress / WARM_UP
    if progress > 1 - DECAY:
        return max(0.0, (1 - progress) / DECAY)
    return 1.0


def loss_of(model: Decoder, rows: Tensor, boundary: int) -> Tensor:
    """Mean nats a token. The boundary that begins the next document is how a model learns to end what it fills in."""
    scores = model(rows[:, :-1], boundary)
    return F.cross_entropy(scores.flatten(0, 1).float(), rows[:, 1:].flatten())


@torch.no_grad()
def validation_loss(model: Decoder, shards: Shards, size: int, boundary: int, device: torch.device) -> float:
    model.eval()
    batches = shards.batches(min(size, len(shards)), 0, 0)
    losses = [float(loss_of(model, next(batches)[1].to(device), boundary)) for _ in range(VALIDATION_BATCHES)]
    model.train()
    return sum(losses) / len(losses)


def save(path: Path, state: dict[str, object]) -> None:
    """Beside it first, so that a cut leaves the last checkpoint whole."""
    unfinished = path.with_suffix(".unfinished")
    torch.save(state, unfinished)
    os.replace(unfinished, path)


class Team:
    """The processes that share each batch: one alone, or several by way of the loopback device."""

    def __init__(self, rank: int, size: int, meeting: str) -> None:
        self.rank, self.size = rank, size
        if size > 1:
            os.environ["GLOO_SOCKET_IFNAME"] = "lo"
            torch.distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=size)

    def as_the_first_has_it(self, number: float) -> float:
        if self.size == 1:
            return number
        shared = torch.tensor([number], dtype=torch.float64)
        torch.distributed.broadcast(shared, 0)
        return float(shared)

    def add_up(self, tensors: list[Tensor]) -> None:
        """Replaces each tensor by its sum over the team."""
        if self.size == 1:
            return
        flat = torch.cat([tensor.flatten() for tensor in tensors])
        torch.distributed.all_reduce(flat)
        for tensor, total in zip(tensors, flat.split([tensor.numel() for tensor in tensors])):
            tensor.copy_(total.view_as(tensor))


def main() -> None:
    options = arguments()
    # Read when the processes start: without it each of them would take all cores for its own matrices.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        meeting = str(Path(folder) / "meeting")
        torch.multiprocessing.spawn(train, (options, meeting), options.processes)


def train(rank: int, options: argparse.Namespace, meeting: str) -> None:
    team = Team(rank, options.processes, meeting)
    parent = os.getppid()
    is_first = rank == 0
    shape: Shape = SHAPES[options.shape]
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    boundary = int(json.loads((options.data / "data.json").read_text())["boundary"])
    training = Shards(sorted(options.data.glob("train-*.bin")), shape.context)
    held_out = Shards(sorted(options.data.glob("validation-*.bin")), shape.context)
    sequences = max(1, options.batch_tokens // shape.context)
    at_once = options.at_once or sequences

    model = Decoder(shape).to(device)
    optimisers = optimizers(model, options.rate)
    checkpoint = options.out / "checkpoint.pt"
    step, at, spent = 0, 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        model.load_state_dict(state["model"])
        for optimiser, saved in zip(optimisers, state["optimisers"]):
            optimiser.load_state_dict(saved)
        step, at, spent = state["step"], state["at"], state["seconds"]

    def checkpoint_now() -> None:
        optimiser_states = [optimiser.state_dict() for optimiser in optimisers]
        state = {"model": model.state_dict(), "optimisers": optimiser_states, "step": step, "at": at}
        save(checkpoint, {**state, "seconds": seconds(), "shape": options.shape})

    began = time.monotonic()
    total = options.minutes * 60

    def seconds() -> float:
        return spent + time.monotonic() - began

    runner = torch.compile(model) if device.type == "cuda" and hasattr(torch, "compile") else model
    parameters = sum(weight.numel() for weight in model.parameters())
    if is_first:
        print(f"{parameters / 1e6:.1f} M weights on {device}, {len(training) * shape.context / 1e6:.1f} M tokens", flush=True)
    batches = training.batches(sequences, at, options.seed)
    saved_at = seconds()
    losses: list[float] = []
    while (elapsed := team.as_the_first_has_it(seconds())) < total:
        if os.getppid() != parent:
            raise SystemExit("The process that began the training is gone.")
        share = rate_at(elapsed / total)
        for optimiser, base in zip(optimisers, (options.rate, options.rate / 5)):
            for group in optimiser.param_groups:
                group["lr"] = base * share
            optimiser.zero_grad(set_to_none=True)
        at, rows = next(batches)
        loss_of_batch = torch.zeros(1, device=device)
        for part in rows[team.rank :: team.size].split(at_once):
            with torch.autocast(device.type, dtype=torch.bfloat16, enabled=device.type == "cuda"):
                loss = loss_of(runner, part.to(device), boundary) * (len(part) / len(rows))
            loss.backward()
            loss_of_batch += loss.detach()
        team.add_up([loss_of_batch, *(weight.grad for weight in model.parameters())])
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
        step += 1
        losses.append(float(loss_of_batch))
        if not math.isfinite(losses[-1]):
            raise SystemExit(f"The loss of step {step} is no number: start again with a lower --rate.")
        if not is_first:
            continue
        if step % REPORT_STEPS == 0:
            report: dict[str, float] = {"step": step, "tokens": at * shape.context, "seconds": round(elapsed)}
            report |= {"rate": round(share, 4), "loss": round(sum(losses[-REPORT_STEPS:]) / len(losses[-REPORT_STEPS:]), 4)}
            if step % (REPORT_STEPS * 10) == 0:
                report["validation"] = round(validation_loss(model, held_out, at_once, boundary, device), 4)
            with open(options.out / "log.jsonl", "a", encoding="utf-8") as log:
                print(json.dumps(report), file=log)
            print(json.dumps(report), flush=True)
        if elapsed - saved_at > options.checkpoint_minutes * 60:
            checkpoint_now()
            saved_at = elapsed
    if is_first:
        checkpoint_now()
        loss = validation_loss(model, held_out, at_once, boundary, device)
        print(json.dumps({"step": step, "tokens": at * shape.context, "seconds": round(seconds()), "validation": round(loss, 4)}))


if __name__ == "__main__":
    main()
