type Seen = {
  /** Names of proofs and when each ends, in the order that they came. */
  readonly ends: Map<string, number>;
  /** Proofs that end up to here are refused: some of them were forgotten. */
  floorMs: number;
  newestMs: number;
};

/**
 * Remembers which proofs were used. Its memory is bounded; what it must forget before its time it refuses from then on
 * by age, so that under no load is a proof taken twice. Of one process: each has its own.
 */
export function createReplayGuard(limits: { readonly perDevice: number; readonly devices: number }) {
  const devices = new Map<string, Seen>();
  let floorMs = Number.NEGATIVE_INFINITY;
  let latestMs = Number.NEGATIVE_INFINITY;

  function forgetOldest(): void {
    const oldest = devices.entries().next().value;
    if (oldest === undefined) return;
    const [thumbprint, { newestMs }] = oldest;
    // Nothing is lost by forgetting a device whose proofs have all ended.
    if (newestMs >= latestMs) floorMs = Math.max(floorMs, newestMs);
    devices.delete(thumbprint);
  }

  function makeRoom(seen: Seen): void {
    for (const [id, endsMs] of seen.ends) {
      if (endsMs >= latestMs) break;
      seen.ends.delete(id);
    }
    const oldest = seen.ends.entries().next().value;
    if (oldest === undefined || seen.ends.size < limits.perDevice) return;
    seen.floorMs = Math.max(seen.floorMs, oldest[1]);
    seen.ends.delete(oldest[0]);
  }

  return {
    /** True the first time; false for what was used, has ended, or is too old to know. Milliseconds since the epoch. */
    take(thumbprint: string, id: string, endsMs: number, nowMs: number): boolean {
      // A clock that is put back frees nothing that was forgotten.
      latestMs = Math.max(latestMs, nowMs);
      if (endsMs < latestMs || endsMs <= floorMs) return false;
      const seen = devices.get(thumbprint) ?? {
        ends: new Map(),
        floorMs: Number.NEGATIVE_INFINITY,
        newestMs: Number.NEGATIVE_INFINITY,
      };
      if (seen.ends.has(id)) return false;
      makeRoom(seen);
      if (endsMs <= seen.floorMs) return false;
      seen.ends.set(id, endsMs);
      seen.newestMs = Math.max(seen.newestMs, endsMs);
      // The device that was used last stands last.
      devices.delete(thumbprint);
      devices.set(thumbprint, seen);
      if (devices.size > limits.devices) forgetOldest();
      return true;
    },
    /** Proofs in memory. */
    size: (): number => [...devices.values()].reduce((sum, { ends }) => sum + ends.size, 0),
  };
}
export type ReplayGuard = ReturnType<typeof createReplayGuard>;
