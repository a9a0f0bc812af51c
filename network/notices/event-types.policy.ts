/** `shipment.purchased` and `shipment.*`. */
export const EVENT_TYPE_PATTERN = /^[a-z_]{1,40}\.([a-z_]{1,60}|\*)$/;

/** Does a filter let a type through? An empty filter lets all through. */
export function isWanted(filter: readonly string[], type: string): boolean {
  if (filter.length === 0) return true;
  return filter.some((item) => item === type || (item.endsWith('.*') && type.startsWith(item.slice(0, -1))));
}

/** The first item of a filter that no known type fits, or undefined. */
export function findUnknownType(filter: readonly string[], known: readonly string[]): string | undefined {
  return filter.find((item) => !known.some((type) => isWanted([item], type)));
}
