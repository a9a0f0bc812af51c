import { HOUR, instantOf, MINUTE } from './calendar.ts';
import type { Caller } from './caller.ts';

/** A sorting machine of the demo's carrier writes codes of its own, which no table knows. */
const CODES = [
  { code: 'SM-40', text: 'Sorted to a delivery tour', milestone: 'in_transit_local' },
  { code: 'SM-77', text: 'Lane full, waits for the next tour', milestone: undefined },
] as const;
const NOTE = 'The carrier wrote it: SM-40 is the exit of its sorting machine.';

/**
 * Scans with both codes, once; the operator has said what one of them means, and finds the other among those that nobody
 * understands.
 */
export async function tellNewCodes(
  { office, operator, carrierCode }: { office: Caller; operator: Caller; carrierCode: string },
  numbers: readonly string[],
  now: number,
): Promise<void> {
  const query = { source: carrierCode, code: CODES[0].code };
  const known = await operator.get('/v1/code-mappings', { params: { query } });
  if (known.data.length > 0 || numbers.length === 0) return;
  const scans = CODES.flatMap(({ code, text }, place) =>
    numbers.map((number, index) => ({
      ...{ number, code, text },
      occurred_at: instantOf(now - HOUR + (place * numbers.length + index) * MINUTE),
      place: { country: 'CN', city: 'Hangzhou' },
    })),
  );
  await office.post('/v1/scans', { body: { scans } });
  const { code, milestone } = CODES[0];
  const body = { source: carrierCode, format: '', code, milestone, note: NOTE };
  await operator.post('/v1/code-mappings', { body });
}
