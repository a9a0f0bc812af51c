import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of half a minute and more: begun last, one of them would go on alone when all others have ended. */
const LONG = ['server/up.int.test.ts', 'test/rigs/', 'simulation/', 'platform/postgres/', 'web/test/screens'];

/** Vitest begins with the largest files, where it has no memory of their times; these go before them. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((path) => moduleId.includes(`/${path}`));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
