import { onward } from '../onward';
import type { CourseAnswer, Standing } from '../wire';
import { done, report, settle } from './fakes';
import { Scene } from './scene';

function standing(passed_at: number | null): Standing {
  const names = { unit: 'u', path: 'p', exercise: 'e', title: 'E' };
  return { ...names, attempts: 0, hints: 0, passed_at };
}

/** A course of units with one exercise each, passed or not. */
function course(...passed: boolean[]): CourseAnswer {
  const units = passed.map((isPassed, at) => ({
    name: `unit${at}`,
    title: `Unit ${at}`,
    path: `${at}.ipynb`,
    exercises: [standing(isPassed ? 5 : null)]
  }));
  return { course: 'c', title: 'C', units };
}

/** Let what waits for the report to be seen begin, and end. */
async function nextTask(): Promise<void> {
  await new Promise(resolve => setTimeout(resolve));
  await settle();
}

describe('after the last exercise of a notebook', () => {
  const next = (answer: CourseAnswer, path: string): string | undefined =>
    onward(answer, path)?.unit?.name;

  it('comes the next unit that has something to do', () => {
    expect(next(course(true, false, false), '0.ipynb')).toBe('unit1');
    expect(next(course(true, true, false), '0.ipynb')).toBe('unit2');
    expect(next(course(false, false, true), '2.ipynb')).toBe('unit0');
  });

  it('comes nothing where all is passed, or nothing is known', () => {
    expect(onward(course(true, true), '1.ipynb')).toEqual({ unit: null });
    expect(onward(course(true, true), 'other.ipynb')).toBeNull();
    expect(onward(null, '1.ipynb')).toBeNull();
  });

  it('the course is read, and not before', async () => {
    const scene = new Scene();
    const asked = jest.spyOn(scene.client, 'course');
    scene.client.answers.set('check-1', [
      done('check-1', report('A', 'one', { source: 'a' }))
    ]);
    scene.client.answers.set('check-2', [
      done('check-2', report('B', 'two', { source: 'b' }))
    ]);
    await scene.start();
    await scene.run('A');
    await nextTask();
    expect(asked).not.toHaveBeenCalled();
    await scene.run('B');
    await nextTask();
    expect(asked).toHaveBeenCalled();
    expect(scene.model.course.answer?.title).toBe('The course');
    scene.model.dispose();
  });
});
