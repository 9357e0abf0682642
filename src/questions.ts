import { keyOf } from './judgements';
import type { ExerciseInfo, Question, Report } from './wire';

/** The questions of each exercise, as they stand. */
export class Questions {
  of(key: string): readonly Question[] {
    return [...(this._byKey.get(key)?.values() ?? [])];
  }

  /** Whether a prediction is still wanted: then the verdict waits for it. */
  isAsked(key: string): boolean {
    return this.of(key).some(isPrediction);
  }

  /** The server listed the exercises. */
  remember(infos: readonly ExerciseInfo[]): void {
    for (const info of infos) {
      this._put(keyOf(info), info.questions ?? []);
    }
  }

  hear(report: Report): void {
    this._put(keyOf(report), report.questions ?? []);
  }

  set(key: string, question: Question): void {
    this._put(key, [question]);
  }

  private _put(key: string, questions: readonly Question[]): void {
    const known = this._byKey.get(key) ?? new Map<string, Question>();
    for (const question of questions) {
      known.set(question.name, question);
    }
    this._byKey.set(key, known);
  }

  private readonly _byKey = new Map<string, Map<string, Question>>();
}

/** A question that is to be answered before the verdict is shown, and is not yet. */
export function isPrediction(question: Question): boolean {
  return (
    question.when === 'before' &&
    question.form !== 'beat' &&
    question.form !== 'breaks' &&
    !question.answer
  );
}
