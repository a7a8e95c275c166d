import { CandorError } from '../../core/candorError.ts';
import { isRecord, parseJson, readField, readNumber, readString } from '../../wire/jsonReaders.ts';
import type { SurvivalRecord } from './survivalRecord.ts';

/**
 * The records in a text of JSON lines, as a survey wrote them.
 *
 * @param name of the file, for the message
 * @throws CandorError `corrupt` where a line is none
 */
export function readSurvivalRecords(text: string, name: string): readonly SurvivalRecord[] {
  return text.split('\n').flatMap((line, index): SurvivalRecord[] => {
    if (line === '') return [];
    const value = parseJson(line);
    if (isSurvivalRecord(value)) return [value];
    throw new CandorError('corrupt', `Line ${index + 1} of ${name} is no record of a survey. Make the file anew.`);
  });
}

/** Only what tells a record of this version from anything else: surveys are made by the same program that reads them. */
function isSurvivalRecord(value: unknown): value is SurvivalRecord {
  return (
    isRecord(value) &&
    value.schemaVersion === 1 &&
    readString(value.repository) !== null &&
    readNumber(value.landedAtMs) !== null &&
    ['context', 'signals', 'fate', 'leaves'].every((field) => isRecord(readField(value, field)))
  );
}
