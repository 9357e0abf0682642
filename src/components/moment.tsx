import React from 'react';

/** A moment, in seconds since 1970, as the reader writes dates and times. */
export function Moment({ at }: { at: number }): JSX.Element {
  const date = new Date(at * 1000);
  const words = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeStyle: 'short'
  }).format(date);
  return (
    <time className="jp-Math4mlQuiet" dateTime={date.toISOString()}>
      {words}
    </time>
  );
}
