import * as Plot from '@observablehq/plot';
import { describe, expect, it } from 'vitest';
import { drawChart } from '../../../../src/report/html/drawChart.ts';

const hostile = '"><script>alert(1)</script>\u202E';

describe('drawChart', () => {
  it('draws without a browser, as one picture with a name', () => {
    const { markup } = drawChart({ marks: [Plot.dot([{ x: 1, y: 2 }], { x: 'x', y: 'y' })] }, 'Some dots');
    expect(markup).toMatch(/^<svg [^>]*role="img"[^>]*>.*<circle .*<\/svg>$/s);
    expect(markup).toContain('aria-label="Some dots"');
    expect(markup.match(/aria-label/g)).toHaveLength(1);
    expect(markup).not.toContain('<style');
  });

  it('draws facets, links and lines of text', () => {
    const { markup } = drawChart({
      fy: { label: null },
      marks: [
        Plot.rect([{ a: 0, b: 1, f: 'one' }], { x1: 'a', x2: 'b', y1: 'a', y2: 'b', fy: 'f', href: () => '#there' }),
        Plot.text([{ a: 0, f: 'two' }], { x: 'a', y: 'a', fy: 'f', text: () => 'first\nsecond' }),
      ],
    });
    expect(markup).toContain('href="#there"');
    expect(markup).toMatch(/<tspan[^>]*>first<\/tspan><tspan[^>]*>second<\/tspan>/);
    expect(markup).toContain('role="group"');
  });

  it('lets no text act', () => {
    const { markup } = drawChart({
      y: { label: hostile },
      marks: [Plot.dot([{ name: hostile }], { y: 'name', title: 'name', ariaLabel: 'name', href: 'name' })],
    });
    expect(markup).not.toContain('<script');
    expect(markup).not.toContain('\u202E');
    expect(markup).toContain('&#60;script&#62;');
  });
});
