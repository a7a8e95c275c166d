// The style of the report page. It stands in the page itself, so that the page is one file that asks for nothing.

const LIGHT = `color-scheme: light;
  --own-page: #ffffff;
  --page: var(--own-page);
  --raised: #f5f7f9;
  --own-text: #1f2328;
  --text: var(--own-text);
  --faint: #57606a;
  --line: #d0d7de;
  --accent: #0a58b8;
  --mark: #ffdfae;
  --mark-line: #b35900;
  --trust: #1a6b3c;
  --doubt: #a3330c;
  --on-heat: #1f2328;
  --heat-0: #e4e8ec;
  --heat-1: #fdf3dd;
  --heat-2: #fbe0ac;
  --heat-3: #f7c97c;
  --heat-4: #f0b05c;
  --heat-5: #e7964a;`;

const DARK = `color-scheme: dark;
  --own-page: #181a1f;
  --page: var(--own-page);
  --raised: #22252b;
  --own-text: #e6e8eb;
  --text: var(--own-text);
  --faint: #a7b0ba;
  --line: #3b4049;
  --accent: #7db6ff;
  --mark: #5e3f0f;
  --mark-line: #f0a848;
  --trust: #7fd6a0;
  --doubt: #ff9d7a;
  --on-heat: #f4f5f7;
  --heat-0: #2c3138;
  --heat-1: #3b3526;
  --heat-2: #544223;
  --heat-3: #6c4e1d;
  --heat-4: #825817;
  --heat-5: #965d10;`;

/** What an editor says of its theme, where it says it; what stands on coloured ground keeps colours that fit together. */
const EDITOR = `--page: var(--vscode-editor-background, var(--own-page));
  --text: var(--vscode-editor-foreground, var(--own-text));
  --raised: color-mix(in srgb, var(--text) 6%, var(--page));
  --line: color-mix(in srgb, var(--text) 22%, var(--page));`;

/** Light or dark as the reader has it; in a webview as the editor has it, by the classes of its body; light on paper. */
export const PAGE_STYLE = `
body { ${LIGHT} }
@media (prefers-color-scheme: dark) { body { ${DARK} } }
body.vscode-dark, body.vscode-high-contrast { ${DARK} ${EDITOR} }
body.vscode-light, body.vscode-high-contrast-light { ${LIGHT} ${EDITOR} }
body.vscode-high-contrast { --own-page: #000000; --own-text: #ffffff; }
body.vscode-high-contrast-light { --own-page: #ffffff; --own-text: #1f2328; }
body.vscode-high-contrast, body.vscode-high-contrast-light {
  --raised: var(--page);
  --line: var(--vscode-contrastBorder, var(--text));
  --faint: var(--text);
}
@media print { body, body[class*='vscode-'] { ${LIGHT} } }

* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 0 1.5rem 4rem;
  max-width: 66rem;
  color: var(--text);
  background: var(--page);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
@media (min-width: 30rem) { body { padding: 0 2.5rem 4rem; } }
p, li, dd { max-width: 46rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--page); }
.skip:focus { left: 1rem; top: 0.5rem; z-index: 1; }

header { padding: 2.5rem 0 0.5rem; }
h1 { margin: 0; font-size: 1.9rem; font-weight: 650; letter-spacing: -0.01em; }
h2 { margin: 3.2rem 0 0.6rem; padding-top: 0.4rem; font-size: 1.3rem; font-weight: 650; border-top: 1px solid var(--line); }
h3 { margin: 2rem 0 0.3rem; font-size: 1rem; font-weight: 600; }
.made { margin: 0.2rem 0 0; color: var(--faint); }
.verdict { margin: 1.2rem 0; padding: 0.7rem 1rem; background: var(--raised); border-inline-start: 4px solid var(--accent); }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.3rem; margin: 1.2rem 0 0; padding: 0; list-style: none; }

.sums { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px; margin: 1.4rem 0; padding: 1px; background: var(--line); }
.sums div { padding: 0.9rem 1.1rem; background: var(--page); }
.sums dt { color: var(--faint); font-size: 0.87rem; }
.sums dd { margin: 0.1rem 0 0; }
.sums .big { font-size: 1.55rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3; }
.small { color: var(--faint); font-size: 0.87rem; }

.first { margin: 1.2rem 0 0; padding: 0; list-style: none; counter-reset: place; }
.first > li { position: relative; max-width: none; padding: 1rem 0 1rem 2.6rem; border-top: 1px solid var(--line); counter-increment: place; }
.first > li::before { content: counter(place); position: absolute; left: 0; top: 1rem; width: 1.8rem; color: var(--faint); font-variant-numeric: tabular-nums; text-align: end; }
.first h3 { margin: 0; overflow-wrap: anywhere; }
.place, code { font-family: var(--vscode-editor-font-family, ui-monospace), 'SF Mono', Menlo, Consolas, monospace; font-size: 0.9em; }
code { padding: 0; color: inherit; background: none; }
.name { margin-inline-start: 0.6rem; font-weight: 400; color: var(--faint); }
.numbers { margin: 0.1rem 0 0.5rem; color: var(--faint); font-size: 0.9rem; font-variant-numeric: tabular-nums; }
.band { padding: 0.05rem 0.5rem; margin-inline-end: 0.4rem; border: 1px solid currentColor; border-radius: 1rem; font-size: 0.83rem; font-weight: 600; }
.band.trust { color: var(--trust); }
.band.doubt { color: var(--doubt); }

figure { margin: 0; }
.span { margin: 0.5rem 0; }
.span pre { margin: 0; padding: 0.4rem 0.8rem; overflow-x: auto; background: var(--raised); border-radius: 4px; line-height: 1.6; }
.span code { unicode-bidi: isolate; white-space: pre; tab-size: 4; }
.line { display: inline-block; min-width: 2.4rem; margin-inline-end: 1rem; color: var(--faint); text-align: end; user-select: none; }
mark { padding: 0.1em 0.15em; color: inherit; background: var(--mark); border-bottom: 2px solid var(--mark-line); }
.span figcaption { padding: 0.15rem 0.8rem; color: var(--faint); font-size: 0.87rem; overflow-wrap: anywhere; }
figcaption code { color: var(--text); }

.wide { margin: 1.2rem 0; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { padding-bottom: 0.3rem; font-weight: 600; text-align: start; }
th, td { padding: 0.35rem 0.9rem 0.35rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-inline-end: 0.3rem; }
thead th { color: var(--faint); font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 400; overflow-wrap: anywhere; }
.number { text-align: end; white-space: nowrap; }
thead .number { white-space: normal; }
tr[id] { scroll-margin-top: 6rem; }
tr:target { background: var(--mark); }

.map svg { width: 100%; }
.chart svg, .map svg, svg.chart { display: block; max-width: 100%; height: auto; }
svg text { white-space: pre; }
.chart { margin: 1rem 0; }
.chart svg { font-size: 11px; color: var(--text); }
.chart figcaption { max-width: 22.5rem; min-height: 3.1em; font-size: 0.9rem; color: var(--faint); }
.map { margin: 1rem 0 0.4rem; }
.map a:focus-visible { outline: none; }
.map a:focus-visible rect { stroke: var(--accent); stroke-width: 4; }
.map a:hover rect { stroke: var(--text); stroke-width: 1.5; }
body.vscode-high-contrast .map rect, body.vscode-high-contrast-light .map rect { stroke: var(--line); }
.map [aria-hidden] { pointer-events: none; }
.legend { margin: 0; color: var(--faint); font-size: 0.87rem; }
.swatch { display: inline-block; width: 1.6rem; height: 0.8rem; vertical-align: -0.06rem; forced-color-adjust: none; }
${[0, 1, 2, 3, 4, 5].map((step) => `.step-${step} { background: var(--heat-${step}); }`).join('\n')}
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2.5rem; }

@media print {
  @page { margin: 16mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  header { padding-top: 0; }
  nav, .skip { display: none; }
  a { color: inherit; text-decoration: none; }
  .first > li, tr, figure, .sums { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .wide, .span pre { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td { padding-inline-end: 0.6rem; }
  .number { white-space: normal; }
  .span code { white-space: pre-wrap; overflow-wrap: anywhere; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
