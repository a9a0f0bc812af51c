import type { World } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant } from '../kernel/index.ts';
import { afterOutcome } from './breaker.policy.ts';
import type { PullClient, RequestRate } from './connector-contract.ts';
import { saveAttempt } from './credential-store.ts';
import type { Credential, WantedNumber } from './model.ts';
import { postponeNumbers, savePolls } from './number-store.ts';
import type { NumberAnswer, PullOutcome } from './outcome.policy.ts';
import { planNext } from './plan.policy.ts';
import type { Pulled } from './pull.ts';
import { afterRequests } from './rate.policy.ts';

export type PullToRecord = {
  readonly source: Credential;
  readonly sourceToken: string;
  readonly numbersToken: string;
  readonly pulled: Pulled;
  /** Empty when nothing was learned about any number. */
  readonly answers: readonly { readonly number: WantedNumber; readonly answer: NumberAnswer }[];
};

/** Numbers of a request that failed stand back for so long. Our default. */
const STAND_BACK_MS = 300_000;

/** What a pull did to its source and its numbers, in one transaction. */
export async function recordPull(world: World, client: PullClient, done: PullToRecord): Promise<void> {
  const { source, sourceToken, numbersToken, pulled, answers } = done;
  await world.command('network', async ({ db, now }) => {
    const attempt = { outcome: pulled.outcome, at: now, token: sourceToken };
    await saveAttempt(db, sourceAfter(source, client, pulled, now), attempt);
    if (answers.length === 0) await postponeNumbers(db, numbersToken, addMs(now, STAND_BACK_MS));
    else
      await savePolls(
        db,
        answers.map(({ number, answer }) => ({
          number,
          next: planNext(number, answer, now, spreadOf(number.number)),
        })),
        now,
        numbersToken,
      );
    return accepted(undefined);
  });
}

/** Health and bucket of a source after an attempt. */
export function sourceAfter(
  source: Credential,
  client: PullClient,
  pulled: Pick<Pulled, 'retryAfterMs' | 'requests'> & { readonly outcome: PullOutcome },
  now: Instant,
): Credential {
  const { bucket, nextAt } = afterRequests(
    { fullAt: source.bucketFullAt },
    rateOf(source, client),
    now,
    pulled.requests,
  );
  return {
    ...source,
    ...afterOutcome(source, pulled.outcome, pulled.retryAfterMs, now),
    bucketFullAt: bucket.fullAt,
    nextRequestAt: nextAt,
  };
}

const DAY_MS = 86_400_000;
const BURST_OF_DAY = 10;

function rateOf({ requestsPerDay }: Credential, { rate }: PullClient): RequestRate {
  return requestsPerDay === undefined
    ? rate
    : { requests: requestsPerDay, perMs: DAY_MS, burst: BURST_OF_DAY };
}

/** From 0 to 1, by the number alone. */
function spreadOf(number: string): number {
  let sum = 0;
  for (const mark of number) sum = (sum * 31 + mark.charCodeAt(0)) % 1_000;
  return sum / 1_000;
}
