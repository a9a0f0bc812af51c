import { decodeCursor, encodeCursor } from '../../platform/http/index.ts';
import { accepted, refused } from '../kernel/index.ts';

/** Position behind which a list goes on; refuses a cursor that this server did not make. */
export function afterId(cursor: string | undefined) {
  if (cursor === undefined) return accepted('');
  const parts = decodeCursor(cursor, ['string']);
  return parts === undefined
    ? refused('invalid_request', 'cursor: take it from next_cursor of the page before.')
    : accepted(String(parts[0]));
}

/** A page of a list in id order: `items` holds up to one more than `limit`. */
export function pageOf<T extends { readonly id: string }>(items: readonly T[], limit: number) {
  const data = items.slice(0, limit);
  const last = data.at(-1);
  return items.length > limit && last !== undefined
    ? { data, nextCursor: encodeCursor([last.id]) }
    : { data };
}
