import { describe, expect, it } from 'vitest';
import { calibrationPage } from '../../../src/editor/views/calibrationPage.ts';
import { someCalibration } from '../../support/someCalibration.ts';
import { someSource } from '../core/someSource.ts';

const STYLE = { href: 'https://styles.example/a.css', source: 'https://styles.example' };
const telling = someCalibration({ ...someSource, engine: 'bundled' }, { count: 200 });

describe('calibrationPage', () => {
  it('says what is calibrated, how it did and what it rests on', () => {
    const page = calibrationPage([telling], STYLE);
    expect(page).toContain('Engine bundled: chance that a region needs no fix within 60 days');
    expect(page).toContain('It knows more than the past rate here: chances are shown.');
    expect(page).toContain('the history here: 200 regions of 100 commits, AI-written code');
    expect(page).toContain('200 outcomes of 100 commits here have been learned');
    expect(page).toMatch(/trust: (none|from)/);
    expect(page).toMatch(/doubt: (none|from)/);
  });

  it('draws every step of the reliability curve inside its frame, with the numbers as a table beside it', () => {
    const page = calibrationPage([telling], STYLE);
    const [, points = ''] = /<polyline class="curve" points="([^"]*)"/.exec(page) ?? [];
    const coordinates = points.split(' ').map((point) => point.split(',').map(Number) as [number, number]);
    expect(coordinates).toHaveLength(2 * telling.standing.reliability!.steps.length);
    for (const [x, y] of coordinates) {
      expect(x).toBeGreaterThanOrEqual(44);
      expect(x).toBeLessThanOrEqual(264);
      expect(y).toBeGreaterThanOrEqual(10);
      expect(y).toBeLessThanOrEqual(230);
    }
    expect(page.match(/<tr><td>/g)).toHaveLength(telling.standing.reliability!.steps.length + 10);
  });

  it('says that nothing is calibrated where nothing is, and how to change that', () => {
    const page = calibrationPage([], STYLE);
    expect(page).toContain('Nothing is calibrated for this engine');
    expect(page).toContain('command:candor.calibrate');
  });

  it('runs no script, loads nothing but its style, and lets no name be read as markup', () => {
    const engine = '<script>alert("&")</script>';
    const page = calibrationPage([{ ...telling, source: { ...telling.source, engine } }], STYLE);
    expect(page).not.toContain('<script');
    expect(page).toContain("default-src 'none'; style-src https://styles.example;");
    expect(page).toContain('&#60;script&#62;');
  });
});
