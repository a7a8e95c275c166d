/** Texts of several kinds, made here. */

const PYTHON = `def total(items, *, rate=0.2):
    """Sum of the items, with tax."""
    amount = sum(item.price * item.count for item in items)
    return round(amount * (1 + rate), 2)


class Basket:
    def __init__(self) -> None:
        self.items: list[tuple[str, int]] = []
`;

const TYPESCRIPT_CRLF = [
  'export interface Window {',
  '\treadonly start: number;',
  '\treadonly end: number;',
  '}',
  '',
  'export const lengthOf = ({ start, end }: Window): number => end - start;',
  '',
].join('\r\n');

const EMOJI_AND_CJK = 'greet = {"ja": "こんにちは、世界", "zh": "你好", "fam": "👩‍👩‍👧‍👦", "ok": "naïve ☕ 🎉"}  # 名前\n';

/** One line a step, so that no two stretches of the text are alike. */
const LONG = Array.from(
  { length: 56 },
  (_, line) => `    # step ${line}: read the next value and return the result to the caller of this function
`,
).join('');

export const TEXTS = {
  Python: PYTHON,
  'TypeScript with CRLF': TYPESCRIPT_CRLF,
  'emoji and ideographs': EMOJI_AND_CJK,
  'one character': 'x',
  nothing: '',
};

/** Longer than what is shown to a server at once. */
export const LONG_TEXT = LONG;
