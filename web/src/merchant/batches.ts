/** What one bulk run takes at most, and what one request to `/v1/shipments/batch` takes (its contract). */
export const MOST_ORDERS = 500;
const BATCH = 100;

/** In pieces of at most 100, in their order. */
export function batchesOf<Item>(items: readonly Item[], size: number = BATCH): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
