import type { World } from '../../platform/world/index.ts';
import { type Outcome, refused } from '../kernel/index.ts';
import { takeOtherNumbers } from './aliases.ts';
import { linesOfReading } from './carrier-line.ts';
import type { CarrierReading } from './carrier-reading.ts';
import { type LineResult, takeScans } from './intake.ts';
import { MAX_NDJSON_LINES } from './parcel-contract.ts';
import type { Reporter } from './recognition.policy.ts';

/** Takes the scans of a reading in: one result for each, in the order of the reading, after their commit. */
export async function takeReading(
  world: World,
  reading: CarrierReading,
  reporter: Reporter,
): Promise<Outcome<LineResult[], 'scan_batch_busy' | 'scan_batch_too_large'>> {
  const lines = linesOfReading(reading);
  if (lines.length > MAX_NDJSON_LINES) return refused('scan_batch_too_large', '');
  const taken = await takeScans(world, lines, reporter);
  if (taken.ok) await takeOtherNumbers(world, reading, taken.value, reporter);
  return taken;
}
