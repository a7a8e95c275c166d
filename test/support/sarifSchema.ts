import { Ajv, type AnySchemaObject } from 'ajv';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The schema of SARIF 2.1.0, as a package for tests of such reports ships it. */
const PATH = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const published = JSON.parse(readFileSync(PATH, 'utf8')) as AnySchemaObject;
if (published.$schema !== 'http://json-schema.org/draft-04/schema#') throw new Error('the schema is of another draft');
// Its words mean the same in draft 7, but for the `id` at the top.
const schema = { ...published, $schema: undefined, id: undefined };
const validate = new Ajv({
  allErrors: true,
  strict: false,
  // One of its patterns is none in the mode `u`.
  unicodeRegExp: false,
  formats: {
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) => /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/.test(text),
  },
}).compile(JSON.parse(JSON.stringify(schema)) as AnySchemaObject);

/** What does not fit SARIF 2.1.0; empty for a valid document. */
export function sarifFaults(document: unknown): readonly string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}
