import type { Node, Tree } from 'web-tree-sitter';

/** How many ERROR and MISSING nodes a tree has; it stops counting above `limit`. Sound subtrees are not entered. */
export function countFaults(tree: Tree, limit: number = Number.POSITIVE_INFINITY): number {
  const open: Node[] = [tree.rootNode];
  let faults = 0;
  for (let node = open.pop(); node !== undefined && faults <= limit; node = open.pop()) {
    if (node.isError || node.isMissing) faults++;
    if (node.hasError) for (const child of node.children) if (child.hasError || child.isMissing) open.push(child);
  }
  return faults;
}
