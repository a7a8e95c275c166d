"""Candor's own vocabulary, as GGUF keeps it: bytes, merges in the order they were learned, then the specials."""

from pathlib import Path

MERGES = Path(__file__).parent.parent / "tokenizer" / "merges.txt"
SPECIALS = [
    "<|endoftext|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>", "<|file_sep|>", "<|repo_name|>",
    "<|check|>", "<|ok|>", "<|replaced|>", *(f"<|reserved_{number}|>" for number in range(7)),
]  # fmt: skip


def _letters() -> dict[int, str]:
    """The character that stands for each byte in GPT-2's vocabulary, in the order of the ids."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + index) for index, byte in enumerate(others)}


LETTERS = _letters()


def spelled(text: str) -> str:
    """A text in the characters of the vocabulary."""
    return "".join(LETTERS[byte] for byte in text.encode())


def read_merges() -> list[str]:
    lines = MERGES.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#version")]


def token_list(merges: list[str]) -> list[str]:
    """Tokens by id."""
    return [*LETTERS.values(), *(merge.replace(" ", "") for merge in merges), *SPECIALS]
