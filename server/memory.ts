import { setFlagsFromString } from 'node:v8';

/**
 * Lets every object begin in V8's young generation. By itself V8 puts the objects of a place in the code straight among the old
 * ones when its first ones lived through a collection. The scans of a batch do, as they wait for PostgreSQL, and are
 * dead a moment later; but an old object keeps whatever it points at until the next collection of all, so that each
 * collection of the young ones then copies what nobody needs. A quarter of Node's work for a scan (docs/performance.md).
 */
export function beginYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
