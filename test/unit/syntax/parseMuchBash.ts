/** Parses as much shell script as makes V8 optimise whatever it will. */
import { createTextParser } from '../../../src/syntax/parseText.ts';
import { grammarsFolder } from '../../grammarsFolder.ts';

const line = 'for f in *.txt; do if [ -s "$f" ]; then echo "${f%.txt}: $(wc -l < "$f")" | tee -a log; fi; done\n';
const parser = createTextParser(grammarsFolder());
for (let round = 0; round < 4; round++) await parser.spansOf(line.repeat(2_000), 'bash');
