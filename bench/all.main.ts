import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './figures.ts';

/*
 * Every bench in its short form, one after another: a few minutes. One JSON line each; ends with 1 when one failed.
 * The figures of docs/performance.md come from the long form: npm run bench:<name>.
 */
const SHORT: readonly (readonly string[])[] = [
  ['offers.ts', '--count', '100', '--batches', '5', '--rounds', '3'],
  ['purchase.ts', '--count', '60', '--rounds', '3'],
  ['list-page.ts', '--count', '100', '--rounds', '3'],
  ['waybill-numbers.ts', '--batches', '10', '--rounds', '3'],
  ['flow.ts', '--count', '20', '--rounds', '3'],
  ['scans.ts', '--slots', '2000', '--rounds', '3', '--singles', '1000'],
  ['look-ups.ts', '--parcels', '1000', '--rounds', '3'],
  ['webhooks.ts', '--events', '300', '--rounds', '3'],
  ['identify.ts', '--count', '200000', '--rounds', '3'],
  ['live.ts', '--streams', '300', '--seconds', '5', '--scans', '20'],
  ['coverage.ts', '--picks', '50', '--rounds', '1'],
  ['locator.ts', '--points', '50000', '--seconds', '2', '--queries', '200'],
  ['reservations.ts', '--count', '200', '--rounds', '2'],
  ['outlet-feed.ts', '--lines', '5000'],
  ['idle.ts', '--seconds', '10'],
];
const failed = SHORT.filter(
  ([script = '', ...options]) =>
    spawnSync(process.execPath, [join(ROOT, 'bench', script), ...options], { stdio: 'inherit' }).status !== 0,
);
process.exitCode = failed.length === 0 ? 0 : 1;
