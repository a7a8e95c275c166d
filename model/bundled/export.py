"""
Writes a checkpoint of `train.py` as GGUF, in full precision or with its matrices in Q8_0.

    git clone node_modules/node-llama-cpp/llama/gitRelease.bundle DIR        # the llama.cpp that Candor runs
    python3 model/bundled/export.py --checkpoint FILE --gguf DIR/gguf-py --type q8_0 --out FILE.gguf
"""

import argparse
import sys
from pathlib import Path

import torch

from decoder import SHAPES, Shape
from vocabulary import SPECIALS, read_merges, token_list

NORMAL, CONTROL = 1, 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--gguf", type=Path, required=True, help="the folder gguf-py of llama.cpp's source")
    parser.add_argument("--type", choices=["f32", "q8_0"], default="q8_0")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sys.path.insert(0, str(options.gguf))
    import gguf

    state = torch.load(options.checkpoint, map_location="cpu")
    shape: Shape = SHAPES[state["shape"]]
    merges = read_merges()
    tokens = token_list(merges)
    if len(tokens) != shape.vocabulary:
        raise SystemExit(f"merges.txt gives {len(tokens)} tokens, the model has {shape.vocabulary}.")

    writer = gguf.GGUFWriter(options.out, "llama")
    writer.add_name(f"candor-{state['shape']}")
    writer.add_license("MIT")
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.key_value_heads)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_layer_norm_rms_eps(shape.norm_epsilon)
    writer.add_vocab_size(shape.vocabulary)
    is_quantised = options.type == "q8_0"
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0 if is_quantised else gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("deepseek-coder")
    writer.add_token_list(tokens)
    writer.add_token_merges(merges)
    first_special = len(tokens) - len(SPECIALS)
    writer.add_token_types([NORMAL if index < first_special else CONTROL for index in range(len(tokens))])
    writer.add_add_bos_token(False)
    keys = gguf.Keys.Tokenizer
    for key, name in [
        (keys.BOS_ID, "<|endoftext|>"),
        (keys.EOS_ID, "<|endoftext|>"),
        (keys.FIM_PRE_ID, "<|fim_prefix|>"),
        (keys.FIM_MID_ID, "<|fim_middle|>"),
        (keys.FIM_SUF_ID, "<|fim_suffix|>"),
    ]:
        writer.add_uint32(key, first_special + SPECIALS.index(name))

    for name, weight in state["model"].items():
        values = weight.float().numpy()
        if is_quantised and values.ndim == 2:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
