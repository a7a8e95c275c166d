import * as vscode from 'vscode';
import { readArray, readField } from '../../wire/jsonReaders.ts';
import type { Owned } from '../owned.ts';

/**
 * Tells of each test run the places that its failures point at: where a message says that it belongs, and where its stack begins.
 *
 * A proposed API (`testObserver`): an editor that does not give it throws at the question, and then nothing is told.
 */
export function watchTestResults(onFailed: (place: vscode.Location) => void): Owned {
  const changed = changeOfResults();
  if (changed === null) return { dispose: () => undefined };
  return changed(() => {
    // The newest run comes first.
    const [newest] = readArray(readField(vscode.tests, 'testResults'));
    for (const place of failuresIn(readArray(readField(newest, 'results')))) onFailed(place);
  });
}

type Subscribe = (listener: () => void) => vscode.Disposable;

function changeOfResults(): Subscribe | null {
  try {
    const event: unknown = readField(vscode.tests, 'onDidChangeTestResults');
    return isSubscribe(event) ? event : null;
  } catch {
    return null;
  }
}

function isSubscribe(value: unknown): value is Subscribe {
  return typeof value === 'function';
}

/** Tests are trees, and only what failed has messages with places. */
function failuresIn(tests: readonly unknown[]): readonly vscode.Location[] {
  return tests.flatMap((test) => [
    ...readArray(readField(test, 'taskStates'))
      .flatMap((task) => readArray(readField(task, 'messages')))
      .flatMap(placesOf),
    ...failuresIn(readArray(readField(test, 'children'))),
  ]);
}

function placesOf(message: unknown): readonly vscode.Location[] {
  const location = readField(message, 'location');
  const [frame] = readArray(readField(message, 'stackTrace'));
  const [uri, position] = [readField(frame, 'uri'), readField(frame, 'position')];
  return [
    ...(location instanceof vscode.Location ? [location] : []),
    ...(uri instanceof vscode.Uri && position instanceof vscode.Position ? [new vscode.Location(uri, position)] : []),
  ];
}
