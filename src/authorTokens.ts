import type { ISignal } from '@lumino/signaling';

import type {
  AuthorAnswer,
  AuthorRequest,
  ModuleInfo,
  ModuleRequest,
  ProofAnswer,
  ProofRequest
} from './wire';

/** The author's calls to the server. Each rejects with a `ClientError` only. */
export interface IAuthorClient {
  author(request: AuthorRequest): Promise<AuthorAnswer>;
  createModule(request: ModuleRequest): Promise<ModuleInfo>;
  proof(request: ProofRequest): Promise<ProofAnswer>;
  proofState(id: string): Promise<ProofAnswer>;
  cancelProof(id: string): Promise<ProofAnswer>;
}

/** What author mode needs of the application. */
export interface IAuthorDesk {
  /** Whether author mode is switched on. */
  readonly isOn: boolean;
  /** It was switched on or off. */
  readonly changed: ISignal<unknown, void>;
  /** A file was written, moved or deleted in this page; its path. */
  readonly saved: ISignal<unknown, string>;
  switch(isOn: boolean): Promise<void>;
  /** Open a file beside the notebook, at a line. */
  open(path: string, line?: number): Promise<void>;
  /** Save a file that was opened here, where it was edited since. */
  save(path: string): Promise<void>;
}
