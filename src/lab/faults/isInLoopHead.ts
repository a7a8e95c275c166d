import { LOOP_HEAD_PARTS, LOOPS } from './slipSyntax.ts';
import { isNode, parentOf, type SourceTree } from './sourceTree.ts';

/** Whether a node lies in the head of a loop: between it and the loop there is only what a head is made of. */
export function isInLoopHead(tree: SourceTree, span: number): boolean {
  let above = parentOf(tree, span);
  while (above !== 0 && isNode(tree, above, LOOP_HEAD_PARTS)) above = parentOf(tree, above);
  return isNode(tree, above, LOOPS);
}
