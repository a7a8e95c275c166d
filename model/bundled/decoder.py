"""A decoder of the llama architecture, as small as it goes: what llama.cpp computes for `general.architecture = llama`.

RMS norms before each half of a block, rotary positions on neighbouring pairs (llama.cpp's NORM order, so that no weight has
to be permuted on export), grouped key-value heads, a gated feed-forward, and one matrix for the tokens at both ends.
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """Sizes of a decoder. `width` is a multiple of `heads`, and `heads` one of `key_value_heads`."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    key_value_heads: int
    feed_forward: int
    context: int
    rope_base: float = 10_000.0
    norm_epsilon: float = 1e-5

    @property
    def head_width(self) -> int:
        return self.width // self.heads


# Of two CPU cores in 90 minutes, and of one large GPU in half an hour.
SHAPES = {
    "smoke": Shape(16_384, 64, 2, 4, 2, 160, 128),
    "small": Shape(16_384, 192, 6, 6, 3, 512, 256),
    "large": Shape(16_384, 512, 13, 8, 4, 1_536, 2_048),
}


def rotations(shape: Shape, length: int, device: torch.device) -> Tensor:
    """Cosines and sines of the positions: (2, length, head_width / 2)."""
    half = torch.arange(0, shape.head_width, 2, device=device, dtype=torch.float32)
    angles = torch.outer(torch.arange(length, device=device).float(), shape.rope_base ** (-half / shape.head_width))
    return torch.stack((angles.cos(), angles.sin()))


def rotate(heads: Tensor, rotation: Tensor) -> Tensor:
    """Turns each pair (0, 1), (2, 3), ... of (batch, heads, length, head_width) by its position's angle."""
    cosine, sine = rotation.to(heads.dtype)
    even, odd = heads[..., 0::2], heads[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), dim=-1).flatten(-2)


def attention_mask(ids: Tensor, boundary: int) -> Tensor:
    """
    Which token may look at which: itself and what stands before it in the same document. (batch, 1, length, length), bool.

        ids        E a b E c        E = boundary, the first token of a document
        document   1 1 1 2 2
    """
    document = (ids == boundary).cumsum(dim=1)
    same = document[:, :, None] == document[:, None, :]
    length = ids.shape[1]
    return (same & torch.ones(length, length, dtype=torch.bool, device=ids.device).tril())[:, None]


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    fused = getattr(F, "scaled_dot_product_attention", None)
    if fused is not None:
        return fused(query, key, value, attn_mask=mask)
    scores = (query @ key.transpose(-1, -2)) * query.shape[-1] ** -0.5
    return scores.masked_fill(~mask, float("-inf")).softmax(dim=-1) @ value


class Norm(nn.Module):
    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        wide = x.float()
        scale = torch.rsqrt(wide.pow(2).mean(dim=-1, keepdim=True) + self.epsilon)
        return (wide * scale).to(x.dtype) * self.weight.to(x.dtype)


class Block(nn.Module):
    """Parameters bear the names that llama.cpp gives to its tensors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        narrow = shape.key_value_heads * shape.head_width
        self.attn_norm = Norm(shape.width, shape.norm_epsilon)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, narrow, bias=False)
        self.attn_v = nn.Linear(shape.width, narrow, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = Norm(shape.width, shape.norm_epsilon)
        self.ffn_gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x: Tensor, rotation: Tensor, mask: Tensor) -> Tensor:
        shape = self.shape
        batch, length, _ = x.shape
        normed = self.attn_norm(x)

        def heads(projected: Tensor, count: int) -> Tensor:
            return projected.view(batch, length, count, shape.head_width).transpose(1, 2)

        query = rotate(heads(self.attn_q(normed), shape.heads), rotation)
        key = rotate(heads(self.attn_k(normed), shape.key_value_heads), rotation)
        value = heads(self.attn_v(normed), shape.key_value_heads)
        group = shape.heads // shape.key_value_heads
        mixed = attend(query, key.repeat_interleave(group, 1), value.repeat_interleave(group, 1), mask)
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(batch, length, shape.width))
        normed = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(normed)) * self.ffn_up(normed))


class Decoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width, shape.norm_epsilon)
        deviation = shape.width**-0.5
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                # What adds to the residual stream starts smaller the more blocks do so.
                shrink = (2 * shape.layers) ** -0.5 if name.endswith(("attn_output.weight", "ffn_down.weight")) else 1.0
                nn.init.normal_(weight, std=0.02 if name.startswith("token_embd") else deviation * shrink)

    def forward(self, ids: Tensor, boundary: int) -> Tensor:
        """Ids (batch, length) to scores of the next token (batch, length, vocabulary)."""
        rotation = rotations(self.shape, ids.shape[1], ids.device)
        mask = attention_mask(ids, boundary)
        x = self.token_embd(ids)
        for block in self.blk:
            x = block(x, rotation, mask)
        return F.linear(self.output_norm(x), self.token_embd.weight)
