/**
 * Draws the pictures of the terminal in `docs/images/` from what the built CLI prints.
 *
 *     node test/pictures/terminal.ts
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const FONT_SIZE = 13;
const CHARACTER_WIDTH = FONT_SIZE * 0.602;
const LINE_HEIGHT = 18;
const PADDING = 16;

/** What an escape sequence changes; all else that it could say is not used by the CLI. */
const STYLES: Readonly<Record<string, string>> = {
  1: 'font-weight="bold" fill="#ffffff"',
  2: 'fill="#8b949e"',
  33: 'fill="#e3b341"',
};

const command = ['audit', 'test/fixtures/sample', '--workspace=test/fixtures/sample', '--top=5'];
const { stdout, status } = spawnSync(process.execPath, ['dist/cli.mjs', ...command], {
  encoding: 'utf8',
  env: { ...process.env, FORCE_COLOR: '1' },
});
if (status !== 0) throw new Error(`the audit ended with ${status}`);
writeFileSync('docs/images/audit.svg', svgOf(stdout.trimEnd().split('\n')));

function svgOf(lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => withoutStyles(line).length));
  const width = Math.ceil(columns * CHARACTER_WIDTH + 2 * PADDING);
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const rows = lines.map((line, row) => {
    const y = PADDING + row * LINE_HEIGHT + FONT_SIZE;
    return `<text x="${PADDING}" y="${y}" xml:space="preserve">${spansOf(line)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The report of candor audit on a sample workspace">`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="#d0d7de">`,
    ...rows,
    '</g></svg>\n',
  ].join('\n');
}

/** Styled stretches as tspans; the CLI never nests styles. */
function spansOf(line: string): string {
  return line
    .split(/\u001b\[/)
    .map((part, index) => {
      const [, code = '', text = part] = index === 0 ? [] : (/^(\d+)m(.*)$/s.exec(part) ?? []);
      const style = STYLES[code];
      return style === undefined || text === '' ? escaped(text) : `<tspan ${style}>${escaped(text)}</tspan>`;
    })
    .join('');
}

function withoutStyles(line: string): string {
  return line.replaceAll(/\u001b\[\d+m/g, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
