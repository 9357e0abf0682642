import type { Cell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';

/** Select a cell and bring it into view; null where it is gone. */
export async function goToCell(
  content: Notebook,
  cellId: string | null
): Promise<Cell | null> {
  const index = content.widgets.findIndex(cell => cell.model.id === cellId);
  if (index < 0) {
    return null;
  }
  content.deselectAll();
  content.activeCellIndex = index;
  await content.scrollToItem(index, 'smart');
  return content.widgets[index];
}

/** Bring the prose above a cell into view too, where there is room for both. */
export async function showAbove(content: Notebook, cell: Cell): Promise<void> {
  const index = content.widgets.indexOf(cell) - 1;
  const above = content.widgets[index];
  if (above?.model.type !== 'markdown') {
    return;
  }
  if (!above.node.isConnected) {
    // What is far outside is not in the page; its place is known once it is.
    await content.scrollToItem(index, 'start');
  }
  const view = content.outerNode.getBoundingClientRect();
  const { top } = above.node.getBoundingClientRect();
  const { bottom } = cell.node.getBoundingClientRect();
  if (bottom - top > view.height) {
    await content.scrollToItem(index + 1, 'smart');
  } else if (top < view.top) {
    content.outerNode.scrollTop -= view.top - top;
  }
}

/** Put the cursor on a line of a cell, counted from 1. */
export async function showLine(
  content: Notebook,
  cellId: string,
  line: number
): Promise<void> {
  const cell = await goToCell(content, cellId);
  await cell?.ready;
  const editor = cell?.editor;
  if (!editor) {
    return;
  }
  const position = {
    line: Math.min(Math.max(line, 1), editor.lineCount) - 1,
    column: 0
  };
  content.mode = 'edit';
  editor.focus();
  editor.setCursorPosition(position);
  editor.revealPosition(position);
}
