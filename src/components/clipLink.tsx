import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { clipAddress, clipWords } from '../clip';
import type { Clip } from '../wire';

interface IClipLinkProps {
  clip: Clip;
  trans: TranslationBundle;
}

/** Leads to a passage of a video, in a new tab; plain text where the host is not a known one. */
export function ClipLink({ clip, trans }: IClipLinkProps): JSX.Element {
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
      title={trans.__('Opens a new tab')}
    >
      {words}
    </a>
  );
}
