import type { ISessionContext } from '@jupyterlab/apputils';
import type { CodeCellModel } from '@jupyterlab/cells';
import type { Context } from '@jupyterlab/docregistry';
import type { INotebookModel, NotebookPanel } from '@jupyterlab/notebook';
import { NBTestUtils } from '@jupyterlab/notebook/lib/testutils';
import { Signal } from '@lumino/signaling';

import { LabNotebook } from '../notebook';

const selectKernel = jest.fn();
const dialogs = { selectKernel } as unknown as ISessionContext.IDialogs;

let context: Context<INotebookModel>;
let panel: NotebookPanel;
let notebook: LabNotebook;

function cell(id: string, source: string, tags?: unknown, type = 'code'): void {
  context.model.sharedModel.addCell({
    id,
    cell_type: type as 'code',
    source,
    metadata: tags === undefined ? {} : { tags: tags as string[] }
  });
}

/** Longer than changes are collected. */
const pause = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 250));

beforeEach(async () => {
  // Yjs warns of what JupyterLab's own shared cells do.
  jest.spyOn(console, 'warn').mockImplementation();
  context = await NBTestUtils.createMockContext();
  const { sharedModel } = context.model;
  sharedModel.deleteCellRange(0, sharedModel.cells.length);
  cell('A', 'a = 1', ['exercise:one', 'other', 'exercise:two', 'exercise:one']);
  cell('M', 'prose', ['exercise:prose'], 'markdown');
  cell('B', 'b = 2\nb', ['exercise:three']);
  cell('C', 'c', 'exercise:no-list');
  cell('D', 'd', ['exercise:', 7]);
  panel = NBTestUtils.createNotebookPanel(context);
  panel.content.model = context.model;
  notebook = new LabNotebook(panel, dialogs);
  await pause();
});

afterEach(() => {
  notebook.dispose();
  panel.dispose();
  context.dispose();
  jest.restoreAllMocks();
});

describe('LabNotebook', () => {
  it('reads the tags of code cells, in the order of the cells', () => {
    expect(notebook.tags).toEqual([
      { cell_id: 'A', exercise: 'one' },
      { cell_id: 'A', exercise: 'two' },
      { cell_id: 'B', exercise: 'three' }
    ]);
    expect(notebook.source('B')).toBe('b = 2\nb');
    expect(notebook.source('gone')).toBeNull();
    expect(notebook.path).toBe(context.path);
  });

  it('reads course and unit', () => {
    expect(notebook.course).toBeNull();
    context.model.setMetadata('math4ml', { course: 'c', unit: 5 });
    expect(notebook.course).toBe('c');
    expect(notebook.unit).toBeNull();
  });

  it('tells a change of tags from a change of text', async () => {
    const tags = jest.fn();
    const edited = jest.fn();
    notebook.tagsChanged.connect(tags);
    notebook.edited.connect(edited);
    const model = panel.content.model?.cells.get(0) as CodeCellModel;
    model.sharedModel.setSource('a = 2');
    await pause();
    expect(edited).toHaveBeenCalled();
    expect(tags).not.toHaveBeenCalled();
    model.setMetadata('tags', ['exercise:four']);
    await pause();
    expect(tags).toHaveBeenCalledTimes(1);
    context.model.setMetadata('math4ml', { course: 'c' });
    await pause();
    expect(tags).toHaveBeenCalledTimes(2);
    context.model.sharedModel.deleteCell(0);
    await pause();
    expect(tags).toHaveBeenCalledTimes(3);
  });

  it('selects a cell, and moves no focus', async () => {
    const changed = jest.fn();
    notebook.activeCellChanged.connect(changed);
    const focused = document.activeElement;
    await notebook.select('B');
    expect(notebook.activeCellId).toBe('B');
    expect(changed).toHaveBeenCalled();
    expect(document.activeElement).toBe(focused);
    await notebook.select('gone');
    expect(notebook.activeCellId).toBe('B');
  });

  it('knows that there is no kernel, and asks for one', async () => {
    expect(notebook.kernelId).toBeNull();
    expect(notebook.hasNoKernel).toBe(true);
    await notebook.startKernel();
    expect(selectKernel).toHaveBeenCalledWith(context.sessionContext);
  });

  it('listens no more once it is disposed', async () => {
    const tags = jest.fn();
    const disconnect = jest.spyOn(Signal, 'disconnectReceiver');
    notebook.tagsChanged.connect(tags);
    notebook.dispose();
    expect(disconnect).toHaveBeenCalledWith(notebook);
    cell('E', 'e', ['exercise:five']);
    await pause();
    expect(tags).not.toHaveBeenCalled();
  });
});

describe('the kernel of a LabNotebook', () => {
  const status = (value: string): void => {
    const { sessionContext } = context;
    const emitter = sessionContext.statusChanged as Signal<unknown, string>;
    emitter.emit(value);
  };

  it('is ready once in each life, and lost once', () => {
    const events: string[] = [];
    notebook.kernelReady.connect(() => events.push('ready'));
    notebook.kernelLost.connect(() => events.push('lost'));
    jest.spyOn(notebook, 'kernelId', 'get').mockReturnValue('kernel-1');
    status('starting');
    status('idle');
    status('busy');
    status('idle');
    status('restarting');
    status('starting');
    status('unknown');
    status('idle');
    status('dead');
    expect(events).toEqual(['ready', 'lost', 'ready', 'lost']);
  });
});
