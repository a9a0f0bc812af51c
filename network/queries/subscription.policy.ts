import { momentOf } from '../epcis/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { readSchedule, type Schedule } from './schedule.policy.ts';

/** What a subscriber wants; a stream has no schedule. */
export type Wish = {
  readonly dest: string;
  readonly signatureToken: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly reportIfEmpty: boolean;
  readonly initialRecordTime: Instant | undefined;
};

type Refusal = 'epcis_subscription_invalid';
const FIELDS = [
  'dest',
  'signatureToken',
  'stream',
  'schedule',
  'reportIfEmpty',
  'initialRecordTime',
] as const;
const MAX_TOKEN = 200;
/** Shorter ones can be guessed. Our default. */
const MIN_TOKEN = 16;

/** Reads the body of a subscription in the names of the standard. */
export function readWish(body: Readonly<Record<string, unknown>>, now: Instant): Outcome<Wish, Refusal> {
  const { dest, signatureToken, stream, reportIfEmpty, initialRecordTime } = body;
  const no = (detail: string) => refused('epcis_subscription_invalid' as const, detail);
  const [surplus] = Object.keys(body).filter((key) => !FIELDS.some((field) => field === key));
  if (surplus !== undefined) return no(`${surplus.slice(0, 60)}: is no field of a subscription`);
  if (typeof dest !== 'string' || dest === '') return no('dest: must be the address to send to');
  if (signatureToken !== undefined && !isToken(signatureToken))
    return no(`signatureToken: ${MIN_TOKEN} to ${MAX_TOKEN} printable characters of ASCII`);
  if (reportIfEmpty !== undefined && typeof reportIfEmpty !== 'boolean')
    return no('reportIfEmpty: must be true or false');
  const from = typeof initialRecordTime === 'string' ? momentOf(initialRecordTime) : undefined;
  if (initialRecordTime !== undefined && from === undefined)
    return no('initialRecordTime: must be a date and time with an offset');
  if (stream !== undefined && stream !== true) return no('stream: is true, or left out');
  if ((stream === true) === (body.schedule !== undefined)) return no('give either stream or schedule');
  const schedule = stream === true ? undefined : readSchedule(body.schedule, now);
  if (schedule?.ok === false) return schedule;
  if (stream === true && reportIfEmpty === true) return no('reportIfEmpty: a stream has no empty results');
  return accepted({
    dest,
    signatureToken,
    schedule: schedule?.value,
    reportIfEmpty: reportIfEmpty ?? false,
    initialRecordTime: from,
  });
}

function isToken(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= MIN_TOKEN &&
    value.length <= MAX_TOKEN &&
    /^[\x21-\x7e]+$/.test(value)
  );
}
