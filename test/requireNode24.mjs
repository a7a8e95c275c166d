// npm scripts run on the Node that the package `node` brings. Without its install script they would quietly run on
// whatever Node the machine has, so they ask first.
const major = Number(process.versions.node.split('.')[0]);
if (major !== 24) {
  console.error(
    `Candor's scripts need Node 24 and run on ${process.version}. The package "node" brings it with its install script: ` +
      'run "npm ci" without --ignore-scripts, or "npm rebuild node".',
  );
  process.exit(1);
}
