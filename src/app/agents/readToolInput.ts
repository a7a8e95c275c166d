import { CandorError } from '../../core/candorError.ts';
import { AGENT_TOOLS, type AgentToolId } from './agentTools.ts';
import { TOOL_INPUTS, type FieldSchema, type ToolInput } from './toolInputs.ts';

/**
 * The fields of a tool's input, which is as its schema says, with what it leaves out put in.
 * @throws CandorError `bad-call` for one that is not
 */
export function readToolInput(id: AgentToolId, input: unknown): Readonly<Record<string, unknown>> {
  const { properties, required = [] }: ToolInput = TOOL_INPUTS[id];
  const refuse = (what: string): CandorError =>
    new CandorError('bad-call', `“${AGENT_TOOLS[id].title}” does not take this: ${what}. Ask as its schema says.`);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refuse('the input is no object');
  const given = new Map<string, unknown>(Object.entries(input));
  for (const name of given.keys()) {
    if (!Object.hasOwn(properties, name)) throw refuse(`there is no field ${JSON.stringify(name.slice(0, 40))}`);
  }
  const fields: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties)) {
    const value = given.get(name) === undefined ? defaultOf(schema) : given.get(name);
    if (value === undefined && !required.includes(name)) continue;
    if (value === undefined) throw refuse(`${name} is missing`);
    if (!isAsTold(schema, value)) throw refuse(`${name} is not as its schema says`);
    fields[name] = value;
  }
  return fields;
}

function defaultOf(schema: FieldSchema): string | number | undefined {
  return schema.type === 'array' ? undefined : schema.default;
}

function isAsTold(schema: FieldSchema, value: unknown): boolean {
  switch (schema.type) {
    case 'string':
      return typeof value === 'string' && schema.minLength <= value.length && value.length <= schema.maxLength;
    case 'integer':
      return Number.isInteger(value) && schema.minimum <= Number(value) && Number(value) <= schema.maximum;
    case 'array':
      return (
        Array.isArray(value) &&
        schema.minItems <= value.length &&
        value.length <= schema.maxItems &&
        value.every((item) => isAsTold(schema.items, item))
      );
  }
}
