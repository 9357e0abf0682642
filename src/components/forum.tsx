import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useId, useRef, useState } from 'react';

import { forumAddress, forumText } from '../forum';
import type { Report } from '../wire';

export interface IForumProps {
  /** The forum's address, as the course gives it. */
  forum: string;
  /** The exercise's title. */
  title: string;
  /** The last report, if there is one. */
  report: Report | null;
  /** The text of the learner's cell; null where it is not known. */
  source: string | null;
  trans: TranslationBundle;
}

/** A text to ask with, and the way to where it is asked; nothing is sent from here. */
export function Forum(props: IForumProps): JSX.Element {
  const { forum, title, report, source, trans } = props;
  const id = useId();
  const [hasCode, setCode] = useState(false);
  const [said, setSaid] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const text = forumText(title, report, hasCode ? source : null, trans);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(trans.__('Copied.'));
    } catch {
      // No clipboard without https, or without leave.
      area.current?.focus();
      area.current?.select();
      setSaid(trans.__('The text is selected: copy it with your keyboard.'));
    }
  };
  return (
    <details className="jp-Math4mlForum">
      <summary>{trans.__('Ask in the forum')}</summary>
      <label className="jp-Math4mlField" htmlFor={id}>
        {trans.__('A text to begin with')}
      </label>
      <textarea ref={area} id={id} readOnly rows={8} value={text} />
      {source === null ? null : (
        <label className="jp-Math4mlOption">
          <input
            type="checkbox"
            checked={hasCode}
            onChange={event => {
              setCode(event.target.checked);
              setSaid('');
            }}
          />
          <span>{trans.__('Add my code')}</span>
        </label>
      )}
      <div className="jp-Math4mlForm-buttons">
        <button
          type="button"
          className="jp-Math4mlButton"
          onClick={() => void copy()}
        >
          {trans.__('Copy the text')}
        </button>
        <span className="jp-Math4mlQuiet" role="status">
          {said}
        </span>
      </div>
      <ForumLink forum={forum} trans={trans} />
    </details>
  );
}

interface IForumLinkProps {
  forum: string;
  trans: TranslationBundle;
}

/** Leads to the forum, in a new tab; plain text where the address is none to trust. */
function ForumLink({ forum, trans }: IForumLinkProps): JSX.Element {
  const address = forumAddress(forum);
  return address === null ? (
    <span className="jp-Math4mlClip">{forum}</span>
  ) : (
    <a
      className="jp-Math4mlClip"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      title={trans.__('Opens a new tab')}
    >
      {trans.__('Open the forum: %1', new URL(address).hostname)}
    </a>
  );
}
