import { type Instant, parseInstant } from '../kernel/index.ts';

/** Years that any offset leaves inside what an instant holds. */
const MOMENT = /^((?!0000|9999)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,12}))?(Z|[+-]\d{2}:\d{2})$/;

/**
 * A date and time with an offset (XML Schema dateTimeStamp) to the millisecond, which is what the database and a query
 * tell apart; undefined when it is none of the calendar.
 */
export function momentOf(text: string): Instant | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, seconds, fraction = '', offset] = match;
  return parseInstant(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
}
