import { nullTranslator } from '@jupyterlab/translation';

import { clipAddress, clipWords, clock } from '../clip';

const trans = nullTranslator.load('math4ml_lab');

describe('clipAddress', () => {
  it.each([
    'https://www.youtube.com/watch?v=x&t=845s',
    'https://youtu.be/x?t=5',
    'https://ocw.mit.edu/courses/18-06/',
    'https://ocdevel.com/mlg/1',
    'https://www.3blue1brown.com/lessons/span'
  ])('leads to %s', url => {
    expect(clipAddress({ title: 'T', url })).toBe(url);
  });

  it.each([
    'http://www.youtube.com/watch?v=x',
    'https://www.youtube.com.evil.test/',
    'https://evil.test/www.youtube.com',
    'https://www.youtube.com@evil.test/',
    'https://me:word@www.youtube.com/',
    'https://www.youtube.com:8443/',
    'https://m.youtube.com/',
    'javascript:alert(1)//www.youtube.com',
    'data:text/html,https://www.youtube.com',
    '//www.youtube.com/',
    'not an address'
  ])('leads nowhere for %s', url => {
    expect(clipAddress({ title: 'T', url })).toBeNull();
  });
});

describe('clipWords', () => {
  it('gives the second where it is known', () => {
    const clip = { title: 'Rank', url: '' };
    expect(clipWords({ ...clip, start: 2031 }, trans)).toBe(
      'Watch 33:51 — Rank'
    );
    expect(clipWords({ ...clip, start: 0 }, trans)).toBe('Watch 0:00 — Rank');
    expect(clipWords({ ...clip, start: null }, trans)).toBe('Watch — Rank');
  });
});

describe('clock', () => {
  it.each([
    [5, '0:05'],
    [845, '14:05'],
    [3600, '1:00:00'],
    [3723.9, '1:02:03']
  ])('shows %d as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text);
  });
});
