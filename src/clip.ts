import type { TranslationBundle } from '@jupyterlab/translation';

import type { Clip } from './wire';

/** The hosts that a clip may lead to; nothing of them is embedded or fetched. */
const HOSTS: ReadonlySet<string> = new Set([
  'youtube.com',
  'www.youtube.com',
  'youtu.be',
  'ocw.mit.edu',
  'ocdevel.com',
  'www.3blue1brown.com'
]);

/** The clip's address where it may become a link, else null. */
export function clipAddress(clip: Clip): string | null {
  let url: URL;
  try {
    url = new URL(clip.url);
  } catch {
    return null;
  }
  const isPlain = !url.username && !url.password && !url.port;
  const isAllowed = url.protocol === 'https:' && HOSTS.has(url.hostname);
  return isAllowed && isPlain ? url.href : null;
}

/** What the link says: from when on to watch, and what. */
export function clipWords(clip: Clip, trans: TranslationBundle): string {
  return typeof clip.start === 'number'
    ? trans.__('Watch %1 — %2', clock(clip.start), clip.title)
    : trans.__('Watch — %1', clip.title);
}

/** Seconds as a player shows them: 33:51, or 1:02:03. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const padded = parts.map(part => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return hours > 0
    ? `${hours}:${padded.join(':')}`
    : `${parts[0]}:${padded[1]}`;
}
