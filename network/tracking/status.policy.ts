const NOT_YET: ReadonlySet<string> = new Set([
  'unknown',
  'not_found',
  'info_received',
  'cancelled',
  'expired',
]);

/** Whether somebody has scanned the parcel: more than an announcement is known. `status` may be a reason of an exception. */
export function hasMoved(status: string): boolean {
  return !NOT_YET.has(status);
}
