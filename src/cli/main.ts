#!/usr/bin/env node
import { inspect } from 'node:util';
import { CandorError } from '../core/candorError.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import { visible } from '../report/visible.ts';
import { auditCommand } from './auditCommand.ts';
import { calibrateCommand } from './calibrateCommand.ts';
import { enginesCommand } from './enginesCommand.ts';
import { evaluateCommand } from './evaluateCommand.ts';
import { EXIT } from './exitCodes.ts';
import { mcpCommand } from './mcpCommand.ts';
import { recordCommand } from './recordCommand.ts';
import { scoreCommand } from './scoreCommand.ts';
import { USAGE } from './usage.ts';

const OLDEST_NODE = 22;

process.exitCode = await run(process.argv.slice(2));

/** Runs one command and returns its exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  try {
    if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
      throw new CandorError(
        'unsupported',
        `Candor needs Node ${OLDEST_NODE} and runs on ${process.version}. Install a newer Node.`,
      );
    }
    if (rest.includes('--help')) {
      process.stdout.write(USAGE);
      return EXIT.done;
    }
    switch (command) {
      case 'audit':
        return await auditCommand(rest);
      case 'score':
        return await scoreCommand(rest);
      case 'evaluate':
        return await evaluateCommand(rest);
      case 'calibrate':
        return await calibrateCommand(rest);
      case 'record':
        return await recordCommand(rest);
      case 'engines':
        return await enginesCommand(rest);
      case 'mcp':
        return await mcpCommand(rest);
      case '--version':
        process.stdout.write(`${CANDOR_VERSION}\n`);
        return EXIT.done;
      case '--help':
      case 'help':
        process.stdout.write(USAGE);
        return EXIT.done;
      case undefined:
        process.stderr.write(USAGE);
        return EXIT.wrongCall;
      default:
        throw new CandorError('bad-call', `There is no command "${command}". "candor --help" lists the commands.`);
    }
  } catch (error) {
    if (!CandorError.is(error)) {
      // Left to Node, a fault of Candor's own would look like a gate that was not met.
      process.stderr.write(`candor: ${inspect(error)}\n`);
      return EXIT.failed;
    }
    process.stderr.write(`candor: ${visible(error.message)}\n`);
    return CandorError.is(error, 'bad-call') || CandorError.is(error, 'not-found') ? EXIT.wrongCall : EXIT.failed;
  }
}
