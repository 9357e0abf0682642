import { createContext, useContext, useState } from 'react';

import type { Question } from '../wire';

/** What was begun in a row's questions and not sent, by form: it outlives the form. */
export type Drafts = Map<string, unknown>;

/** The drafts of the row that is drawn; null where none are kept. */
export const DraftsContext = createContext<Drafts | null>(null);

/** The state of a form that comes back with it. */
export function useDraft<T>(
  name: string,
  initial: () => T
): [T, (value: T) => void] {
  const drafts = useContext(DraftsContext);
  const [value, setValue] = useState(() =>
    drafts?.has(name) ? (drafts.get(name) as T) : initial()
  );
  const set = (next: T): void => {
    drafts?.set(name, next);
    setValue(next);
  };
  return [value, set];
}

/** The name of what is begun for a question: after an answer one begins anew. */
export function draftName({ name, answer }: Question): string {
  return `${name} ${answer?.at ?? ''}`;
}
