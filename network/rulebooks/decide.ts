import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Period, RulebookErrorCode, VersionState } from './model.ts';

export type Life = {
  readonly state: VersionState;
  readonly validFrom: Instant | undefined;
  readonly validTo: Instant | undefined;
};

/** A version whose time is over counts as retired, although nobody retired it. */
export function stateAt(life: Life, now: Instant): VersionState {
  const isOver = life.state === 'active' && life.validTo !== undefined && life.validTo <= now;
  return isOver ? 'retired' : life.state;
}

/** State after a test run. Tests of a version in force or retired are a look, not a step. */
export function afterTests(state: VersionState, failures: number): VersionState {
  if (state === 'active' || state === 'retired') return state;
  return failures === 0 ? 'tested' : 'draft';
}

/**
 * A version comes into force at `at` (not before `now`: yesterday's answers stay explainable) and ends where the next
 * scheduled one begins. `failures`: of the tests, run again now, because the kind's code may have changed since.
 */
export function activate(
  life: Life,
  command: { readonly at: Instant; readonly now: Instant; readonly failures: number },
  others: readonly Period[],
): Outcome<Life, RulebookErrorCode> {
  const state = stateAt(life, command.now);
  if (state === 'retired') return refused('rulebook_version_retired', '');
  if (state === 'active') return refused('rulebook_version_already_active', '');
  if (state === 'draft') return refused('rulebook_version_not_tested', '');
  if (command.at < command.now)
    return refused('rulebook_date_past', `It is ${command.now}; the version would begin at ${command.at}.`);
  if (command.failures > 0)
    return refused('rulebook_tests_failed', `${command.failures} of its tests fail now.`);
  const next = others
    .map((other) => other.validFrom)
    .filter((from) => from > command.at)
    .sort()[0];
  return accepted({ state: 'active', validFrom: command.at, validTo: next });
}

/**
 * What becomes of another version of the book when one begins at `at`: the one in force ends there, one that was to
 * begin at the same moment never begins. Undefined: untouched.
 */
export function giveWay(other: Period, at: Instant): Life | undefined {
  if (other.validFrom > at || (other.validTo !== undefined && other.validTo <= at)) return undefined;
  const never = other.validFrom === at;
  return { state: never ? 'retired' : 'active', validFrom: other.validFrom, validTo: at };
}

/** Retiring ends a version now; what it ruled until now stays dated. A draft is thrown away. */
export function retire(life: Life, now: Instant): Outcome<Life, RulebookErrorCode> {
  if (stateAt(life, now) === 'retired') return refused('rulebook_version_retired', '');
  if (life.validFrom === undefined) return accepted({ ...life, state: 'retired' });
  const end = life.validFrom > now ? life.validFrom : now;
  const validTo = life.validTo !== undefined && life.validTo < end ? life.validTo : end;
  return accepted({ state: 'retired', validFrom: life.validFrom, validTo });
}

/** The period in force at a moment: the platform's own before the network's; of overlapping ones the latest begun. */
export function periodAt(periods: readonly Period[], scope: string, at: Instant): Period | undefined {
  let best: Period | undefined;
  for (const period of periods) {
    if (period.validFrom > at || (period.validTo !== undefined && period.validTo <= at)) continue;
    const own = period.organisationId === scope;
    const bestOwn = best?.organisationId === scope;
    if (best === undefined || (own && !bestOwn)) best = period;
    else if (own === bestOwn && later(period, best)) best = period;
  }
  return best;
}

function later(one: Period, other: Period): boolean {
  return one.validFrom > other.validFrom || (one.validFrom === other.validFrom && one.number > other.number);
}

/** Which version is in force from when on, in order; the first from ever. Undefined: none is. */
export type Succession = readonly {
  readonly from: Instant | undefined;
  readonly period: Period | undefined;
}[];

export function successionOf(periods: readonly Period[], scope: string): Succession {
  const moments = new Set(periods.flatMap(({ validFrom, validTo }) => [validFrom, validTo ?? validFrom]));
  const after = [...moments].sort().map((from) => ({ from, period: periodAt(periods, scope, from) }));
  return [{ from: undefined, period: undefined }, ...after].filter(
    ({ period }, index, all) => index === 0 || period?.versionId !== all[index - 1]?.period?.versionId,
  );
}
