import { CourseView } from '../courseView';
import type { CourseAnswer } from '../wire';
import { FakeNotebook } from './fakeNotebook';
import { FakeClient } from './fakes';

const known: CourseAnswer = { course: 'c', title: 'Known', units: [] };
const unread: CourseAnswer = { ...known, title: 'Not', is_unread: true };

describe('the course', () => {
  it('stays what it was while progress cannot be read, and says so', async () => {
    const client = new FakeClient();
    const course = jest.spyOn(client, 'course');
    const view = new CourseView(new FakeNotebook(), client, jest.fn());
    course.mockResolvedValue(unread);
    await view.open(true);
    expect(view.answer).toEqual(unread);
    course.mockResolvedValue(known);
    await view.open(true);
    course.mockResolvedValue(unread);
    await view.open(true);
    expect(view.answer).toEqual({ ...known, is_unread: true });
    course.mockResolvedValue(known);
    await view.open(true);
    expect(view.answer).toEqual(known);
  });
});
