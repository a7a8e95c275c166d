import { readField, readString } from '../../wire/jsonReaders.ts';
import type { DetailedReason } from './editEvent.ts';
import type { Provenance } from './provenance.ts';

/**
 * What the editor itself says of who made a change; null where its words leave that open.
 *
 * Source: `textModelEditSource.ts` of VS Code 1.139, and what an editor of that version was recorded to say.
 */
export function detailedProvenance({ source, metadata }: DetailedReason): Provenance | null {
  const tool = readString(readField(metadata, '$extensionId'));
  switch (source) {
    case 'inlineCompletionAccept':
    case 'inlineCompletionPartialAccept':
      return { by: 'model', how: 'completion', tool, isCertain: true };
    case 'Chat.applyEdits':
    case 'inlineChat.applyEdits':
      return { by: 'model', how: 'applied', tool, isCertain: true };
    case 'Chat.undoEdits':
    case 'Chat.reset':
      return { by: 'editor', how: 'undone' };
    case 'suggest':
      return { by: 'person', how: 'suggestion' };
    case 'snippet':
      return { by: 'person', how: 'snippet' };
    case 'rename':
    case 'codeAction':
      return { by: 'editor', how: 'refactored' };
    case 'reloadFromDisk':
      return { by: 'editor', how: 'reloaded' };
    case 'eolChange':
      return { by: 'editor', how: 'formatted' };
    case 'cursor':
      return ofCursor(readString(readField(metadata, 'kind')));
    case 'unknown':
      return ofNamed(readString(readField(metadata, 'name')) ?? '');
    default:
      return null;
  }
}

/**
 * Whether a change is what extensions ask for, an agent's as well as a refactoring's. They come without a name where the document
 * is in view, and as `pushEditOperation` where it is not; formatting on save of a document that is not in view does so too.
 */
export function isWorkspaceEdit({ source, metadata }: DetailedReason): boolean {
  const name = readString(readField(metadata, 'name')) ?? '';
  return source === 'applyEdits' || (source === 'unknown' && WORKSPACE_EDITS.has(name));
}

const WORKSPACE_EDITS: ReadonlySet<string> = new Set(['', 'pushEditOperation', 'MainThreadTextEditor']);

/** Parts of the editor that give their name and nothing else. */
function ofNamed(name: string): Provenance | null {
  if (name.startsWith('suggestController.')) return { by: 'person', how: 'suggestion' };
  if (name.startsWith('snippet')) return { by: 'person', how: 'snippet' };
  if (name === 'formatEditsCommand' || name === 'insertFinalNewLine') return { by: 'editor', how: 'formatted' };
  return name === 'linkedEditing' ? { by: 'person', how: 'typed' } : null;
}

function ofCursor(kind: string | null): Provenance | null {
  switch (kind) {
    case 'type':
    case 'compositionType':
    case 'compositionEnd':
    case 'cut':
    // Commands of the editor itself, which work on what stands there: they move, copy, join, sort, comment and replace.
    case 'executeCommand':
    case 'executeCommands':
      return { by: 'person', how: 'typed' };
    case 'paste':
      return { by: 'person', how: 'pasted' };
    default:
      return null;
  }
}
