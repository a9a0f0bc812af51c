import type { Truth, TruthRefusal } from '../truth.ts';
import type { Readings, ReadPenalty } from './answers.ts';
import { type Difference, differ } from './verdict.ts';

/*
 * Who may declare nothing: 48 points (domain reference 3.3, an account is closed at 48), for 180 days from the newest of
 * the penalties that stand (published rulebook). While it lasts no number is declared, neither anew nor in the place of
 * another; a slip of the pen may be put right.
 */

const SUSPENDS_AT = 48;
const DAYS_MS = 180 * 86_400_000;

/** Every refusal has its suspension, and every suspension refused. */
export function judgeSuspensions(truth: Truth, readings: Readings): Difference[] {
  const claims = [...truth.claims.values()];
  const owners = new Map(
    claims.map(({ merchant, externalShipmentId }) => [
      merchant,
      readings.verifications.get(externalShipmentId)?.organisationId ?? '',
    ]),
  );
  const isSuspended = (merchant: number, at: number) =>
    suspension(readings.penalties.get(owners.get(merchant) ?? '') ?? [], at);
  const taken = claims.flatMap(({ key, way, merchant, takenAt, correction }) => {
    const name = `${way} ${key}`;
    const another = correction === undefined || correction.isSlip ? [] : [correction.at];
    return [takenAt, ...another].flatMap((at) =>
      isSuspended(merchant, at) === 'yes'
        ? differ('declaration_taken', name, 'refused, being suspended', `taken at ${iso(at)}`)
        : [],
    );
  });
  return [...taken, ...truth.refusals.flatMap((one) => judgeRefusal(one, isSuspended(one.merchant, one.at)))];
}

function judgeRefusal({ key, way, what, at, isSlip }: TruthRefusal, is: Suspended): Difference[] {
  if (is !== 'no' && !isSlip) return [];
  return differ('declaration_refused', `${way} ${key}`, 'taken', `${what} refused at ${iso(at)}`);
}

/** At the very instant of a decision the one and the other are right. */
type Suspended = 'yes' | 'no' | 'either';

function suspension(penalties: readonly ReadPenalty[], at: number): Suspended {
  const [before, after] = [standing(penalties, at, false), standing(penalties, at, true)];
  return before === after ? (before ? 'yes' : 'no') : 'either';
}

function standing(penalties: readonly ReadPenalty[], at: number, isDecided: boolean): boolean {
  const has = (instant: number) => (isDecided ? instant <= at : instant < at);
  const own = penalties.filter(
    ({ imposedAt, revokedAt }) => has(imposedAt) && (revokedAt === undefined || !has(revokedAt)),
  );
  const points = own.reduce((sum, one) => sum + one.points, 0);
  const newest = Math.max(...own.map((one) => one.imposedAt));
  return points >= SUSPENDS_AT && at < newest + DAYS_MS;
}

const iso = (at: number) => new Date(at).toISOString();
