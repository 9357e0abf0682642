import type { TranslationBundle } from '@jupyterlab/translation';
import React, { createContext, useContext } from 'react';

import { clipAddress, clipWords } from '../clip';
import type { Clip } from '../wire';

/** What is done when a passage of a video is opened. */
export const ClipOpened = createContext<(clip: Clip) => void>(() => undefined);

interface IClipLinkProps {
  clip: Clip;
  trans: TranslationBundle;
}

/** Leads to a passage of a video, in a new tab; plain text where the host is not a known one. */
export function ClipLink({ clip, trans }: IClipLinkProps): JSX.Element {
  const onOpen = useContext(ClipOpened);
  const address = clipAddress(clip);
  const words = clipWords(clip, trans);
  return address === null ? (
    <span className="jp-Math4mlClip">{words}</span>
  ) : (
    <a
      className="jp-Math4mlClip"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      onClick={() => onOpen(clip)}
      title={trans.__('Opens a new tab')}
    >
      {words}
    </a>
  );
}
