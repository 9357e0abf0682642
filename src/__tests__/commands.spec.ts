import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import type { ICommandTargets } from '../commands';
import { addCommands, CommandIDs } from '../commands';
import type { ExercisesModel } from '../model';
import { AuthorScene } from './authorScene';
import { PROOF } from './fakeAuthor';
import { settle } from './fakes';

jest.mock('@jupyterlab/apputils', () => ({ showErrorMessage: jest.fn() }));

let scene: AuthorScene;
let commands: CommandRegistry;
let shown: string[];
let current: ExercisesModel | null;

beforeEach(async () => {
  scene = new AuthorScene();
  commands = new CommandRegistry();
  shown = [];
  current = scene.model;
  addCommands({
    app: { commands, shell: { activateById: (id: string) => shown.push(id) } },
    tracker: {
      get current() {
        return current;
      },
      models: [scene.model]
    },
    panel: { id: 'panel', focus: () => shown.push('focus') },
    client: scene.client,
    desk: scene.desk,
    trans: nullTranslator.load('math4ml_lab')
  } as unknown as ICommandTargets);
  scene.author.modules = [{ exercise: 'one', path: 'one.py', title: 'One' }];
  scene.notebook.add('A', 'a', 'one').add('B', 'b', 'none').add('C', 'c');
  scene.notebook.activate('A');
  scene.notebook.tagsChanged.emit();
  await settle();
});

afterEach(() => scene.model.dispose());

const canProve = (): boolean => commands.isEnabled(CommandIDs.proveCell);

describe('the command that proves', () => {
  it('shows the panel, and proves what the selected cell is tagged with', async () => {
    scene.author.proofs = [{ proof: PROOF }];
    expect(canProve()).toBe(true);
    await commands.execute(CommandIDs.proveCell);
    expect(shown).toEqual(['panel', 'focus']);
    expect(scene.author.proven.map(each => each.exercise)).toEqual(['one']);
    expect(scene.model.author?.proof('one')?.answer?.proof).toBe(PROOF);
  });

  it('is for a cell with a module', () => {
    scene.notebook.activate('B');
    expect(canProve()).toBe(false);
    scene.notebook.activate('C');
    expect(canProve()).toBe(false);
    scene.notebook.activate('A');
    expect(canProve()).toBe(true);
    current = null;
    expect(canProve()).toBe(false);
  });

  it('is off while a proof is under way', async () => {
    scene.author.proofs = [{ state: 'running' }];
    scene.author.proofState = () => new Promise(() => undefined);
    void commands.execute(CommandIDs.proveCell);
    await settle();
    expect(canProve()).toBe(false);
  });

  it('is an author’s only', async () => {
    scene.model.author?.see(true);
    expect(canProve()).toBe(false);
    scene.model.author?.see(false);
    const told: (string | undefined)[] = [];
    commands.commandChanged.connect((_, { id }) => told.push(id));
    expect(commands.isToggled(CommandIDs.authorMode)).toBe(true);
    await commands.execute(CommandIDs.authorMode);
    expect(commands.isToggled(CommandIDs.authorMode)).toBe(false);
    expect(canProve()).toBe(false);
    expect(commands.isVisible(CommandIDs.proveCell)).toBe(false);
    expect(told).toContain(CommandIDs.proveCell);
  });
});
