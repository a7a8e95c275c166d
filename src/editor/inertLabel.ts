import { visible } from '../report/visible.ts';

/** Words that are not Candor's own, where the editor would draw `$(name)` as an icon: one line, nothing acts. */
export function inertLabel(text: string): string {
  return visible(text).replaceAll('$(', '\\$(');
}
