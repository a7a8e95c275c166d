import { readField, readString } from '../../wire/jsonReaders.ts';
import type { DetailedReason } from './editEvent.ts';
import type { Provenance } from './provenance.ts';

/**
 * What the editor itself says of who made a change; null where its words leave that open.
 *
 * Source: `textModelEditSource.ts` of VS Code 1.139. `applyEdits` is any extension's workspace edit, an agent's as well as a
 * refactoring's; `cursor` with `executeCommands` is any command's.
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
    default:
      return null;
  }
}

function ofCursor(kind: string | null): Provenance | null {
  switch (kind) {
    case 'type':
    case 'compositionType':
    case 'compositionEnd':
    case 'cut':
      return { by: 'person', how: 'typed' };
    case 'paste':
      return { by: 'person', how: 'pasted' };
    default:
      return null;
  }
}
