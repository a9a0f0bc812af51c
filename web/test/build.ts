import { buildWebIfStale } from '../../server/web-build.ts';
import { ROOT } from '../../test/setup/template.ts';

/** The faces that the browser is shown are those of the sources. */
export default async function setup(): Promise<void> {
  await buildWebIfStale(ROOT, () => undefined);
}
