import type { Instant } from '../kernel/index.ts';
import type { TrackingSource } from './model.ts';

/**
 * Whether scans of a source move the official state for a client platform at a moment. Rows of the platform itself
 * decide; only where it has none in force do the rows of `default` speak. Of several rows in force the one that
 * began last decides. An unknown source is never recognised (source: domain reference 3.1: information that cannot
 * be verified may be rejected).
 */
export function isRecognised(
  sources: readonly TrackingSource[],
  clientPlatform: string,
  sourceId: string,
  at: Instant,
): boolean {
  const own = rowInForce(sources, clientPlatform, sourceId, at);
  return (own ?? rowInForce(sources, 'default', sourceId, at))?.recognised ?? false;
}

function rowInForce(
  sources: readonly TrackingSource[],
  clientPlatform: string,
  sourceId: string,
  at: Instant,
): TrackingSource | undefined {
  let found: TrackingSource | undefined;
  for (const row of sources) {
    if (row.id !== sourceId || row.clientPlatform !== clientPlatform) continue;
    if (row.from > at || (row.to !== undefined && row.to <= at)) continue;
    if (found === undefined || row.from > found.from) found = row;
  }
  return found;
}
