import * as vscode from 'vscode';
import { readKeptState } from '../../report/syntaxMessages.ts';
import type { OpenPlace } from '../openPlace.ts';
import type { Owned } from '../owned.ts';
import { regionAt } from '../regions/regionAt.ts';
import { openSyntaxPanel, type SyntaxPanel, type SyntaxPanelNeeds } from './syntaxPanel.ts';

/** The tree of the judged region that the cursor is in, beside the code. */
export interface SyntaxView extends Owned {
  /**
   * Shows the region around a place, and follows the cursor from then on.
   *
   * @param isFocused whether the keyboard goes to the tree
   * @returns false where no region was judged there
   */
  show(place: OpenPlace, isFocused: boolean): Promise<boolean>;
}

const VIEW_TYPE = 'candor.syntax';

/** Nothing is loaded, and nothing is listened to, before it is shown. A panel comes back when the window is loaded anew. */
export function createSyntaxView(needs: SyntaxPanelNeeds): SyntaxView {
  let open: SyntaxPanel | null = null;

  function adopt(panel: vscode.WebviewPanel, state: unknown): SyntaxPanel {
    const adopted = openSyntaxPanel(panel, needs, readKeptState(state));
    panel.onDidDispose(() => {
      adopted.dispose();
      if (open === adopted) open = null;
    });
    open = adopted;
    return adopted;
  }

  const restoring = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel(panel, state: unknown) {
      adopt(panel, state);
      return Promise.resolve();
    },
  });

  return {
    async show(place, isFocused) {
      if (regionAt(needs.followed, place.document, place.range.start) === null) return false;
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: !isFocused };
      open ??= adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Candor: Syntax', column), null);
      await open.show(place, isFocused);
      return true;
    },
    dispose() {
      restoring.dispose();
      open?.close();
    },
  };
}
