/** Which orders the bulk screen is for: too many for an address, and only for this visit. */
let chosen: readonly string[] | 'open' | undefined;

export function chooseOrders(ids: readonly string[] | 'open'): void {
  chosen = ids;
}

/** Ids; `open`: all that wait; undefined: nobody chose (the screen was opened by its address). */
export function chosenOrders(): readonly string[] | 'open' | undefined {
  return chosen;
}
