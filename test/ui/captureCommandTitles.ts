/** The commands on code that models write, which have tests of their own (captureCommands.spec.ts). */
export const CAPTURE_COMMANDS: readonly string[] = [
  'This is AI-written',
  'This is mine',
  'This code is fine',
  'This code is wrong',
  'Start the recorder',
  'Stop the recorder',
  'Show the setup of the recorder',
  'Export the ledger',
  'Import a ledger',
  'Forget this workspace',
  'Forget everything',
];
