import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import { AuthorDesk } from '../desk';
import { Settings } from '../settings';
import { FakeClient } from './fakes';

/** An application in which one file can be opened. */
function fakeApp() {
  const editor = {
    lineCount: 9,
    at: null as unknown,
    setCursorPosition(position: unknown) {
      this.at = position;
    },
    revealPosition: jest.fn(),
    focus: jest.fn()
  };
  const model = { dirty: false };
  const save = jest.fn(async () => undefined);
  const context = { ready: Promise.resolve(), model, save };
  const widget = {
    id: 'first',
    context,
    content: { editor },
    isDisposed: false,
    isAttached: true
  };
  const contents = { fileChanged: new Signal<object, object>({}) };
  const execute = jest.fn(async (): Promise<unknown> => widget);
  const app = { serviceManager: { contents }, commands: { execute } };
  return { app, contents, execute, editor, widget, model, save };
}

function deskOf(
  app: object,
  settings = new Settings(new FakeClient())
): AuthorDesk {
  return new AuthorDesk(app as unknown as JupyterFrontEnd, settings);
}

describe('the desk', () => {
  it('opens a module beside the notebook, at a line that it has', async () => {
    const { app, execute, editor } = fakeApp();
    const desk = deskOf(app);
    await desk.open('unit/one.py', 3);
    expect(execute).toHaveBeenCalledWith('docmanager:open', {
      path: 'unit/one.py',
      factory: 'Editor',
      options: { mode: 'split-right' }
    });
    expect(editor.at).toEqual({ line: 2, column: 0 });
    await desk.open('unit/one.py', 99);
    expect(editor.at).toEqual({ line: 8, column: 0 });
  });

  it('opens a second module as a tab beside the first', async () => {
    const { app, execute, widget } = fakeApp();
    const desk = deskOf(app);
    const at = (path: string, options: object): object => ({
      path,
      factory: 'Editor',
      options
    });
    await desk.open('unit/one.py');
    await desk.open('unit/two.py');
    expect(execute).toHaveBeenLastCalledWith(
      'docmanager:open',
      at('unit/two.py', { mode: 'tab-after', ref: 'first' })
    );
    widget.isDisposed = true;
    await desk.open('unit/three.py');
    expect(execute).toHaveBeenLastCalledWith(
      'docmanager:open',
      at('unit/three.py', { mode: 'split-right' })
    );
  });

  it('opens what another page shows, too', async () => {
    const { app, execute } = fakeApp();
    execute.mockResolvedValue(undefined);
    await deskOf(app).open('unit/one.py', 3);
    expect(execute).toHaveBeenCalledTimes(1);
  });

  it('saves what was opened and edited, and nothing else', async () => {
    const { app, widget, model, save } = fakeApp();
    const desk = deskOf(app);
    model.dirty = true;
    await desk.save('one.py');
    expect(save).not.toHaveBeenCalled();
    await desk.open('one.py');
    await desk.save('one.py');
    expect(save).toHaveBeenCalledTimes(1);
    model.dirty = false;
    await desk.save('one.py');
    [model.dirty, widget.isDisposed] = [true, true];
    await desk.save('one.py');
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('tells of each file that was written, moved or deleted', () => {
    const { app, contents } = fakeApp();
    const desk = deskOf(app);
    const told: string[] = [];
    desk.saved.connect((_, path) => told.push(path));
    const file = (path: string): object => ({ path });
    contents.fileChanged.emit({ newValue: file('a.py'), oldValue: null });
    contents.fileChanged.emit({ newValue: null, oldValue: file('b.py') });
    contents.fileChanged.emit({
      newValue: file('d.py'),
      oldValue: file('c.py')
    });
    expect(told).toEqual(['a.py', 'b.py', 'c.py', 'd.py']);
  });
});

describe('the switch', () => {
  it('is off at first, and works where settings cannot be kept', async () => {
    const desk = deskOf(fakeApp().app);
    const changes = jest.fn();
    desk.changed.connect(changes);
    expect(desk.isOn).toBe(false);
    await desk.switch(true);
    expect(desk.isOn).toBe(true);
    expect(changes).toHaveBeenCalledTimes(1);
  });

  it('is kept as a setting', async () => {
    const values: Record<string, unknown> = {};
    const kept = {
      changed: new Signal<object, void>({}),
      get: (name: string) => ({ composite: values[name] }),
      set: async (name: string, value: unknown) => {
        values[name] = value;
        kept.changed.emit();
      }
    };
    const registry = { load: async () => kept };
    const settings = new Settings(new FakeClient());
    await settings.load(registry as unknown as ISettingRegistry, 'plugin');
    const desk = deskOf(fakeApp().app, settings);
    await desk.switch(true);
    expect(values).toEqual({ authorMode: true });
    expect(desk.isOn).toBe(true);
  });
});
