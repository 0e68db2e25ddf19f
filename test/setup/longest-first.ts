import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Short files that take long. */
const longest = [
  'doors/role-matrix',
  'store/sqlite',
  'app/store-down',
  'features/alerting/reminders-killed',
  'features/schedules/killed',
  'features/diagnosis/held-out',
  'monitor/noise',
  'store/backup',
].map((name) => `/test/${name}.test.ts`);

/**
 * As long as Vitest knows no times, in a new clone, it begins with the largest files. A long one that came last would
 * keep one worker busy while the other one has nothing left.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      longest.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
