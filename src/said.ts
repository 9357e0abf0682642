import type { AnswerRequest } from './wire';

/** What a learner says to a question; null skips it. */
export type Value = AnswerRequest['value'];

/** A number as one writes it in Python. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number as written, or worked out of a fraction or a power, in a form that every reader knows; else null. */
export function parseNumber(text: string): string | null {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/(\d)_(?=\d)/g, '$1');
  if (NUMBER.test(plain) || /^([+-]?inf|nan)$/i.test(plain)) {
    return plain;
  }
  const [, left, sign, right] =
    /^(.+?)\s*(\/|\*\*|\^)\s*(.+)$/.exec(plain) ?? [];
  if (!NUMBER.test(left) || !NUMBER.test(right)) {
    return null;
  }
  const isPower = sign !== '/';
  if (isPower && left.startsWith('-')) {
    return null;
  }
  const value = isPower
    ? Number(left) ** Number(right)
    : Number(left) / Number(right);
  return Number.isFinite(value) ? String(value) : null;
}

/** The shape as Python prints it, or null where it is none; brackets may be left out. */
export function parseShape(text: string): string | null {
  const inner = /^\s*(?:\((.*)\)|\[(.*)\]|([^()[\]]+))\s*$/.exec(text);
  if (!inner) {
    return null;
  }
  const list = (inner[1] ?? inner[2] ?? inner[3]).trim();
  if (list === '') {
    return inner[3] === undefined ? '()' : null;
  }
  const sizes = list.replace(/,$/, '').split(',');
  const counts = sizes.map(size => size.trim());
  if (!counts.every(size => /^\d+$/.test(size))) {
    return null;
  }
  const plain = counts.map(size => String(Number(size)));
  return plain.length === 1 ? `(${plain[0]},)` : `(${plain.join(', ')})`;
}

/** The places that an answer was kept as, or null where it says something else. */
export function parsePlaces(said: string): number[] | null {
  const list = said.trim().replace(/^\[(.*)\]$/s, '$1');
  const places = list.split(',').map(place => place.trim());
  return places.every(place => /^\d+$/.test(place)) ? places.map(Number) : null;
}

/** The value of each input that an answer was kept as, or null where it says something else. */
export function parseInputs(said: string): Record<string, string> | null {
  let value: unknown;
  try {
    value = JSON.parse(said);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return null;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [name, String(text)])
  );
}

/** Whether these places are an order of that many lines. */
export function isOrder(
  places: readonly number[] | null,
  count: number
): places is number[] {
  return (
    places?.length === count &&
    new Set(places).size === count &&
    places.every(place => place < count)
  );
}
