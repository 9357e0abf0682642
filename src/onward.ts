import type { CourseAnswer, UnitInfo } from './wire';

/** Where one goes when all exercises of a notebook are passed: to a unit, or nowhere: that was the course. */
export type Onward = { readonly unit: UnitInfo | null };

/** The unit that comes next and has something to do, else one before; null where the course does not hold the notebook. */
export function onward(
  course: CourseAnswer | null,
  path: string
): Onward | null {
  const units = course?.units ?? [];
  const here = units.findIndex(unit => unit.path === path);
  if (here < 0) {
    return null;
  }
  const others = [...units.slice(here + 1), ...units.slice(0, here)];
  return { unit: others.find(isOpen) ?? null };
}

function isOpen({ exercises }: UnitInfo): boolean {
  return exercises.some(({ passed_at }) => typeof passed_at !== 'number');
}
