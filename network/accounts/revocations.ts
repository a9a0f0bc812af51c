/**
 * Keys, sessions and people that this process changed: looked up anew at each use, so that here a change works at
 * once. Other processes believe what they read for CREDENTIAL_CACHE_MS at most.
 */
const lookUpAnew = new Set<string>();

/** How long the row of a key or session is believed without another look. Source: "within 2 s elsewhere". */
export const CREDENTIAL_CACHE_MS = 2_000;

export function distrustCached(id: string): void {
  lookUpAnew.add(id);
}

export function isDistrusted(id: string | undefined): boolean {
  return id !== undefined && lookUpAnew.has(id);
}
