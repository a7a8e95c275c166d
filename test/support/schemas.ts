import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
for (const name of ['audit', 'score', 'engines']) {
  const schema: unknown = JSON.parse(readFileSync(new URL(`../../docs/${name}.schema.json`, import.meta.url), 'utf8'));
  ajv.addSchema(schema as object, `${name}.schema.json`);
}

/** What does not fit the schema; empty for a valid document. */
export function faultsOf(schema: 'audit' | 'score' | 'engines', document: unknown): readonly string[] {
  const validate = ajv.getSchema(`${schema}.schema.json`)!;
  return validate(document) === true
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}
