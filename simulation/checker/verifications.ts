import { isScheme, type Way } from '../outside/ways.ts';
import type { Truth, TruthClaim } from '../truth.ts';
import type { Readings, ReadVerification } from './answers.ts';
import { judgeSuspensions } from './suspensions.ts';
import { type Difference, differ } from './verdict.ts';
import { judgeWeights } from './weights.ts';

/** Of all honest declarations at most so many may ever be confirmed as false. */
const MOST_ACCUSED = 0.001;

/** Points by level (domain reference 3.3: general 2, serious 12, especially serious 48). */
const POINTS: Readonly<Record<string, number>> = { general: 2, serious: 12, especially_serious: 48 };

/** Somebody's punishment, whether or not it was taken back. */
const PENALISED: ReadonlySet<string> = new Set(['penalised', 'appealed', 'upheld', 'revoked']);
const IN_FORCE: ReadonlySet<string> = new Set(['penalised', 'appealed', 'upheld']);

/** What became of the declarations of one way. */
export type WayFigures = {
  readonly way: Way;
  readonly isCheat: boolean;
  claims: number;
  /** Given up, because the merchant was suspended. */
  lapsed: number;
  suspected: number;
  confirmed: number;
  revoked: number;
};

/** Every scheme caught, nobody honest punished, every word of people kept, and points that add up. */
export function judgeVerifications(truth: Truth, readings: Readings): Difference[] {
  const claims = [...truth.claims.values()];
  const differences = claims.flatMap((claim) => {
    const found = readings.verifications.get(claim.externalShipmentId);
    if (found === undefined)
      return differ('verification_missing', nameOf(claim), 'a verification', undefined);
    return [...judgeCaught(claim, found), ...judgeWord(claim, found), ...judgeEnd(claim, readings)];
  });
  const known = new Set(claims.map((claim) => claim.externalShipmentId));
  for (const id of readings.verifications.keys())
    if (!known.has(id)) differences.push(...differ('verification_unknown', id, undefined, 'a verification'));
  return [
    ...differences,
    ...judgeAccused(claims, readings),
    ...judgePoints(readings),
    ...judgeSuspensions(truth, readings),
    ...judgeWeights(truth, readings),
  ];
}

const nameOf = (claim: TruthClaim) => `${claim.way} ${claim.key}`;

function judgeCaught(claim: TruthClaim, found: ReadVerification): Difference[] {
  if (claim.isGenuine || claim.isUnfinished === true) return [];
  const isCaught = found.wasSuspected && IN_FORCE.has(found.state);
  return isCaught ? [] : differ('scheme_missed', nameOf(claim), 'confirmed', foundOf(found));
}

const foundOf = (found: ReadVerification) => `${found.state} (${found.rules.join(' ') || 'no finding'})`;

/** What the marketplace's people and the operator's said is what the network says. */
function judgeWord({ decision, appeal, ...claim }: TruthClaim, found: ReadVerification): Difference[] {
  const name = nameOf(claim);
  if (decision?.outcome === 'confirmed') {
    const expected = appeal === undefined ? 'penalised' : appeal === 'open' ? 'appealed' : appeal;
    return differ('verdict_kept', name, `${expected} ${decision.level}`, `${found.state} ${found.level}`);
  }
  if (decision?.outcome === 'cleared') return differ('verdict_kept', name, 'cleared', found.state);
  return [];
}

/** The merchant of a number sees its parcel's end; who only names another's number sees nothing of it. */
function judgeEnd(claim: TruthClaim, readings: Readings): Difference[] {
  const { ends } = claim;
  const seen = readings.outside.get(claim.externalShipmentId);
  if (ends === undefined) return [];
  const { hold, trackingStatus } = seen ?? { hold: 'nothing', trackingStatus: undefined };
  const isRight = {
    delivered: hold === 'own' && trackingStatus === 'delivered',
    not_delivered: hold === 'own' && trackingStatus !== 'delivered',
    hidden: hold === 'shared' && trackingStatus === undefined,
  }[ends];
  return isRight ? [] : differ('outside_status', nameOf(claim), ends, `${hold} ${trackingStatus}`);
}

function judgeAccused(claims: readonly TruthClaim[], readings: Readings): Difference[] {
  const honest = claims.filter((claim) => claim.isGenuine);
  const accused = honest.flatMap((claim) => {
    const found = readings.verifications.get(claim.externalShipmentId);
    return found !== undefined && PENALISED.has(found.state) ? [[claim, found] as const] : [];
  });
  if (accused.length <= honest.length * MOST_ACCUSED) return [];
  return accused.flatMap(([claim, found]) =>
    differ('honest_accused', nameOf(claim), 'never confirmed', foundOf(found)),
  );
}

/** The points of each merchant are those of its confirmed declarations, by their level. */
function judgePoints(readings: Readings): Difference[] {
  const sums = new Map<string, number>();
  for (const { organisationId, state, level = '' } of readings.verifications.values())
    if (IN_FORCE.has(state)) sums.set(organisationId, (sums.get(organisationId) ?? 0) + (POINTS[level] ?? 0));
  return [...readings.penaltyPoints].flatMap(([organisationId, points]) =>
    differ('penalty_points', organisationId, sums.get(organisationId) ?? 0, points),
  );
}

/** How each way fared, the honest ones first. */
export function figuresOf(truth: Truth, readings: Readings): WayFigures[] {
  const figures = new Map<string, WayFigures>();
  const of = ({ way, isGenuine }: Pick<TruthClaim, 'way' | 'isGenuine'>): WayFigures => {
    const name = `${way} ${isGenuine}`;
    const counts = { claims: 0, lapsed: 0, suspected: 0, confirmed: 0, revoked: 0 };
    const own = figures.get(name) ?? { way, isCheat: !isGenuine, ...counts };
    figures.set(name, own);
    return own;
  };
  for (const refusal of truth.refusals) of(refusal).lapsed += 1;
  for (const claim of truth.claims.values()) {
    if (claim.isUnfinished === true) continue;
    const own = of(claim);
    own.claims += 1;
    const found = readings.verifications.get(claim.externalShipmentId);
    if (found?.wasSuspected === true) own.suspected += 1;
    if (found !== undefined && IN_FORCE.has(found.state)) own.confirmed += 1;
    if (found?.state === 'revoked') own.revoked += 1;
  }
  return [...figures.values()].sort(
    (a, b) => Number(a.isCheat) - Number(b.isCheat) || Number(isScheme(a.way)) - Number(isScheme(b.way)),
  );
}

/** What the network made of each declaration, in the order of the plan; for the digest of the world. */
export function linesOf(truth: Truth, readings: Readings): string[] {
  const judged = [...truth.claims.values()].map(({ key, way, externalShipmentId }) => {
    const found = readings.verifications.get(externalShipmentId);
    return `claim ${key.padStart(9, '0')} ${way} ${found?.state} ${found?.level}`;
  });
  const lapsed = truth.refusals.map(
    ({ key, way, what }) => `claim ${key.padStart(9, '0')} ${way} no ${what}`,
  );
  return [...judged, ...lapsed].sort();
}
