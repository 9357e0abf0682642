import { Signal } from '@lumino/signaling';

import type { IAuthorClient, IAuthorDesk } from '../authorTokens';
import type {
  AuthorAnswer,
  KnownProof,
  ModuleInfo,
  ModuleRequest,
  Proof,
  ProofAnswer,
  ProofRequest
} from '../wire';

/** A server whose answers to an author a test gives by hand. */
export class FakeAuthorClient implements IAuthorClient {
  modules: ModuleInfo[] = [];
  isWritable = true;
  failure: Error | null = null;
  proofs: Partial<ProofAnswer>[] = [];
  known: KnownProof[] = [];
  looks = 0;
  readonly asked: string[] = [];
  readonly created: ModuleRequest[] = [];
  readonly proven: ProofRequest[] = [];
  readonly cancelled: string[] = [];

  async author(): Promise<AuthorAnswer> {
    this.looks += 1;
    return {
      modules: [...this.modules],
      is_writable: this.isWritable,
      proofs: [...this.known]
    };
  }

  async createModule(request: ModuleRequest): Promise<ModuleInfo> {
    this.created.push(request);
    if (this.failure) {
      throw this.failure;
    }
    const { exercise } = request;
    const made = { exercise, path: `${exercise}.py`, title: 'Made' };
    this.modules.push(made);
    return made;
  }

  async proof(request: ProofRequest): Promise<ProofAnswer> {
    this.proven.push(request);
    return this._next();
  }

  async proofState(id: string): Promise<ProofAnswer> {
    this.asked.push(id);
    return this._next();
  }

  async cancelProof(id: string): Promise<ProofAnswer> {
    this.cancelled.push(id);
    return { ...this._next(), state: 'cancelled' };
  }

  private _next(): ProofAnswer {
    const next = this.proofs.shift();
    if (!next) {
      throw new Error('no proof');
    }
    return {
      id: 'proof-1',
      exercise: 'one',
      path: 'one.py',
      state: 'done',
      ...next
    };
  }
}

/** An application that a test looks at. */
export class FakeDesk implements IAuthorDesk {
  isOn = true;
  readonly changed = new Signal<this, void>(this);
  readonly saved = new Signal<this, string>(this);
  readonly opened: string[] = [];

  async switch(isOn: boolean): Promise<void> {
    this.isOn = isOn;
    this.changed.emit();
  }

  async open(path: string, line?: number): Promise<void> {
    this.opened.push(line === undefined ? path : `${path}:${line}`);
  }

  async save(path: string): Promise<void> {
    this.opened.push(`save ${path}`);
  }
}

/** A proof with every kind of answer, and something to mend. */
export const PROOF: Proof = {
  exercise: 'one',
  file: 'one.py',
  title: 'One',
  inputs: 12,
  seeds: 20,
  seconds: 4.21,
  claims: [
    { name: 'vanish', title: 'Deviations vanish' },
    { name: 'agrees', title: 'f is right' }
  ],
  tried: [
    { kind: 'starter', name: 'starter', outcome: { kind: 'not_attempted' } },
    {
      kind: 'solution',
      name: 'solution',
      outcome: { kind: 'passed', inputs: 12 }
    },
    {
      kind: 'mistake',
      name: 'by_rows',
      outcome: { kind: 'failed' },
      failed: ['agrees'],
      recognised: 'by_rows',
      report: {
        cell_id: 'by_rows',
        exercise: 'one',
        outcome: { kind: 'failed' },
        basis: 'run',
        source: 'def f(A):\n    return 1',
        at: 0,
        known_slip: true,
        checks: [
          {
            name: 'agrees',
            answer: 'f',
            title: 'f is right',
            state: 'failed',
            smallest_input: 'A=[[1, 2]]',
            line: { number: 2, text: 'return 1' }
          }
        ],
        ladder: {
          key: 'mistake:by_rows',
          levels: 5,
          title: 'It divides by the rows',
          opened: [
            { level: 1, text: 'How many?' },
            { level: 2, text: 'So many.' }
          ],
          next: { state: 'done' }
        }
      }
    },
    {
      kind: 'mutant',
      name: 'line 2: 1 for 2',
      outcome: { kind: 'failed' },
      failed: ['vanish', 'agrees']
    }
  ],
  findings: [
    {
      severity: 'warning',
      file: 'one.py',
      line: 7,
      message: 'no mistake fails the check',
      fix: 'add one'
    }
  ]
};
