import { plugin } from './plugin';

export { ClientError } from './client';
export { ExercisesModel } from './model';
export * from './tokens';

export default [plugin];
