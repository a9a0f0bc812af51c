import type { components } from '@postroad/sdk';
import type { QueryKey } from '@tanstack/react-query';

export type Topic = components['schemas']['Changed']['topics'][number];

/** What is read anew when a topic changed: everything whose key begins so. */
const KEYS: Readonly<Record<Topic, readonly string[]>> = {
  external_shipments: ['external-shipments'],
  handovers: ['handovers', 'bags'],
  interceptions: ['interceptions'],
  orders: ['orders'],
  pickups: ['pickups'],
  quarantine: ['quarantine'],
  returns: ['returns'],
  shipments: ['shipments', 'waybills'],
  sources: ['sources'],
  status_reports: ['status-reports'],
  timelines: ['timeline', 'flow'],
  unmapped_codes: ['unmapped-codes', 'code-mappings'],
  verifications: ['verifications', 'penalty-points'],
  wallets: ['wallets', 'top-ups'],
};
const COVERED: ReadonlySet<unknown> = new Set(Object.values(KEYS).flat());

/** On a busy network these change all the time and are heavy to read. Our default. */
const HEAVY: ReadonlySet<Topic> = new Set(['sources', 'timelines']);
const HEAVY_MS = 10_000;
const LIGHT_MS = 2_000;

/** The beginnings of keys of some topics; a topic that this page does not know yet has none. */
export const keysOf = (topics: readonly Topic[]): readonly QueryKey[] =>
  topics.flatMap((topic) => KEYS[topic] ?? []).map((key) => [key]);

/** How far apart a screen reads a topic anew. */
export const pauseOf = (topic: Topic): number => (HEAVY.has(topic) ? HEAVY_MS : LIGHT_MS);

/** While the line is up nobody asks in vain; now and then all the same, for what happens without an event. */
const LINE_UP_MS = 60_000;

export function everyMsWhile(isLive: boolean, key: QueryKey, everyMs: number): number {
  return isLive && COVERED.has(key[0]) ? Math.max(everyMs, LINE_UP_MS) : everyMs;
}
