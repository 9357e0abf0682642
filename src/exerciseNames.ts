import type { TranslationBundle } from '@jupyterlab/translation';

const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;
const DEFINED =
  /^(?:(?:async\s+)?def\s+(\w+)|class\s+(\w+)|(\w+)\s*(?::[^=\n]*)?=(?!=))/m;

/** The name of an exercise without its course. */
export function plainName(exercise: string): string {
  return exercise.slice(exercise.lastIndexOf('/') + 1);
}

/** The file that holds an exercise. */
export function moduleFile(exercise: string): string {
  return `${plainName(exercise).replace(/-/g, '_')}.py`;
}

/** A name for the exercise of a cell, after what it defines first; empty where that gives none. */
export function suggestedName(source: string): string {
  const found = DEFINED.exec(source);
  const name = (found?.[1] ?? found?.[2] ?? found?.[3] ?? '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/_+/g, '-')
    .replace(/^-+|-+$/g, '');
  return NAME.test(name) ? name : '';
}

/** What can be said of a name while it is typed. */
export interface INameWords {
  readonly isFit: boolean;
  readonly text: string;
}

export function nameWords(
  name: string,
  tagged: ReadonlySet<string>,
  modules: ReadonlySet<string>,
  trans: TranslationBundle
): INameWords {
  if (name === '') {
    return { isFit: false, text: trans.__('Type a name, such as rank-k.') };
  }
  if (!NAME.test(name)) {
    return {
      isFit: false,
      text: trans.__(
        'A name has small letters, digits and hyphens, and begins with a letter or a digit.'
      )
    };
  }
  if (tagged.has(name)) {
    return {
      isFit: false,
      text: trans.__('Another cell of this notebook has this exercise.')
    };
  }
  return {
    isFit: true,
    text: modules.has(name)
      ? trans.__('Its module %1 is there.', moduleFile(name))
      : trans.__('Its module will be %1.', moduleFile(name))
  };
}
