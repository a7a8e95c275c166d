// What VS Code's extension host runs in place of tests (`extensionTestsPath`): the test files that CANDOR_HOST_TESTS
// names, by mocha, and each result as a line of JSON into the file CANDOR_HOST_RESULTS.
import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';

export async function run() {
  const say = (event) => {
    appendFileSync(process.env.CANDOR_HOST_RESULTS, `${JSON.stringify(event)}\n`);
  };
  try {
    const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: class {} });
    for (const file of JSON.parse(process.env.CANDOR_HOST_TESTS)) mocha.addFile(file);
    await mocha.loadFilesAsync();
    await new Promise((resolve) => {
      const runner = mocha.run(resolve);
      const tell = (state) => (test, error) => {
        say({
          state,
          name: test.fullTitle(),
          ms: test.duration ?? 0,
          ...(error && { error: error.stack ?? String(error) }),
        });
      };
      runner.on('pass', tell('passed')).on('fail', tell('failed')).on('pending', tell('skipped'));
    });
    say({ state: 'ended' });
  } catch (error) {
    say({ state: 'broken', error: error?.stack ?? String(error) });
    throw error;
  }
}
