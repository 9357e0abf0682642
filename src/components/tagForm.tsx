import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useState } from 'react';

import type { Author } from '../author';
import { nameWords } from '../exerciseNames';
import { Button } from './button';

interface ITagFormProps {
  author: Author;
  trans: TranslationBundle;
}

/** Makes the selected cell an exercise: one whose module is there, or a new one. */
export function TagForm({ author, trans }: ITagFormProps): JSX.Element {
  const tagged = author.tagged;
  const modules = author.answer?.modules ?? [];
  const free = modules.filter(
    ({ exercise, title }) => !tagged.has(exercise) && title
  );
  return (
    <>
      <p>{trans.__('The selected cell has no exercise.')}</p>
      {free.length > 0 ? (
        <Pick
          names={free.map(({ exercise }) => exercise)}
          onTag={exercise => author.tag(exercise)}
          trans={trans}
        />
      ) : null}
      <NewName author={author} trans={trans} />
    </>
  );
}

interface IPickProps {
  names: readonly string[];
  onTag: (exercise: string) => void;
  trans: TranslationBundle;
}

function Pick({ names, onTag, trans }: IPickProps): JSX.Element {
  const [chosen, setChosen] = useState(names[0]);
  const name = names.includes(chosen) ? chosen : names[0];
  return (
    <form
      className="jp-Math4mlForm"
      onSubmit={event => {
        event.preventDefault();
        onTag(name);
      }}
    >
      <label>
        {trans.__('A module that no cell has:')}
        <select value={name} onChange={event => setChosen(event.target.value)}>
          {names.map(each => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <div className="jp-Math4mlForm-buttons">
        <button type="submit" className="jp-Math4mlButton">
          {trans.__('Tag the cell with it')}
        </button>
      </div>
    </form>
  );
}

function NewName({ author, trans }: ITagFormProps): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const note = useId();
  const name = typed ?? author.suggested;
  const modules = author.answer?.modules ?? [];
  const known = new Set(modules.map(({ exercise }) => exercise));
  const words = nameWords(name, author.tagged, known, trans);
  return (
    <form
      className="jp-Math4mlForm"
      onSubmit={event => {
        event.preventDefault();
        if (words.isFit) {
          author.tag(name);
        }
      }}
    >
      <label>
        {trans.__('A name for its exercise:')}
        <input
          type="text"
          value={name}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={name !== '' && !words.isFit}
          aria-describedby={note}
          onChange={event => setTyped(event.target.value.trim())}
        />
      </label>
      <div id={note} className="jp-Math4mlQuiet" role="status">
        {words.text}
      </div>
      <div className="jp-Math4mlForm-buttons">
        <Button
          isOff={!words.isFit}
          aria-describedby={note}
          onClick={() => author.tag(name)}
        >
          {trans.__('Tag the cell')}
        </Button>
      </div>
    </form>
  );
}
