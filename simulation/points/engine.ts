import { HOUR, instantOf } from '../calendar.ts';
import { eachOf } from '../caller.ts';
import { announceAll, reservePlace } from './announce.ts';
import { back, cut } from './devices.ts';
import * as mailing from './mailing.ts';
import { payNetworks } from './payday.ts';
import * as returning from './returning.ts';
import { waitingStep } from './waiting.ts';
import { countOf, type MailingStep, type PointAct, type PointWorld, type ReturnStep } from './world.ts';

export type PointPace = {
  readonly atOnce: number;
  onFailure(what: string, error: unknown): void;
  /** Told after each day of the world. */
  onDay(day: string): void;
};

/** Everything happens at whole hours: the clock goes from one in which something happens to the next. */
export async function runAtPoints(world: PointWorld, pace: PointPace): Promise<void> {
  await untilQuiet(world);
  for (;;) {
    const next = world.queue.nextAt();
    if (next === undefined) return;
    const at = Math.ceil(next / HOUR) * HOUR;
    const [before, day] = [instantOf(world.now).slice(0, 10), instantOf(at).slice(0, 10)];
    // The clock runs faster than the network thinks: it may fall behind by some hours, never by a day.
    if (day !== before) await untilQuiet(world);
    if (at > world.now) await world.operator.post('/v1/test/clock', { body: { now: instantOf(at) } });
    world.now = Math.max(at, world.now);
    const due = world.queue.takeUntil(world.now);
    if (due.some((act) => followsTheClock(world, act))) await untilQuiet(world);
    if (day !== before) pace.onDay(before);
    await playHour(world, due, pace);
  }
}

/** What nobody but the clock has done before: a parcel was set aside, a hand-over is late, a week is closed. */
function followsTheClock(world: PointWorld, act: PointAct): boolean {
  if (act.kind === 'payday') return true;
  if (act.kind === 'waiting') return act.step === 'home';
  return act.kind === 'return' && act.step === 'hand_over' && isLate(world, act.index);
}
const isLate = (world: PointWorld, index: number) =>
  world.truth.returns.get(index)?.errand === 'late_handover';

async function playHour(world: PointWorld, due: readonly PointAct[], pace: PointPace): Promise<void> {
  const early: PointAct[] = [];
  await playAll(world, due, pace, (act) => early.push(act));
  if (early.length > 0) {
    // It may follow from something that the network has not come to yet.
    await untilQuiet(world);
    countOf(world, 'done again');
    await playAll(world, early, pace, (act, error) => {
      countOf(world, 'failures');
      pace.onFailure(nameOf(act), error);
    });
  }
  try {
    await announceAll(world);
  } catch (error) {
    countOf(world, 'failures');
    pace.onFailure('announce', error);
  }
}

/** Devices come and go before anything else; two steps of one thing in an hour keep their order. */
async function playAll(
  world: PointWorld,
  acts: readonly PointAct[],
  { atOnce }: PointPace,
  onFailure: (act: PointAct, error: unknown) => void,
): Promise<void> {
  const attempt = async (act: PointAct) => {
    try {
      await play(world, act);
    } catch (error) {
      onFailure(act, error);
    }
  };
  const isFirst = ({ kind }: PointAct) => kind === 'device' || kind === 'payday';
  await eachOf(acts.filter(isFirst), 2, attempt);
  const queues = Map.groupBy(
    acts.filter((act) => !isFirst(act)),
    (act) => ('index' in act ? `${act.kind} ${act.index}` : act.kind),
  );
  await eachOf([...queues.values()], atOnce, async (own) => {
    for (const act of own) await attempt(act);
  });
}

const RETURNING: Readonly<Record<ReturnStep, (world: PointWorld, index: number) => Promise<void>>> = {
  apply: returning.apply,
  answer: returning.answer,
  escalate: returning.escalate,
  decide: returning.decide,
  route: returning.route,
  bring: returning.bring,
  finish: returning.finish,
  hand_over: returning.handOver,
  arrive: returning.arrive,
  receive: returning.receive,
  screen: returning.screen,
  accept: returning.accept,
  replace: returning.replace,
  replaced: returning.replaced,
};

const SENDING: Readonly<Record<MailingStep, (world: PointWorld, index: number) => Promise<void>>> = {
  order: mailing.order,
  bring: mailing.bring,
  hand_over: mailing.handOver,
  arrive: mailing.arrive,
};

async function play(world: PointWorld, act: PointAct): Promise<void> {
  switch (act.kind) {
    case 'waiting':
      if (act.step === 'reserve') return reservePlace(world, act.index);
      return waitingStep(world, act.step, act.index);
    case 'return':
      return RETURNING[act.step](world, act.index);
    case 'mailing':
      return SENDING[act.step](world, act.index);
    case 'device':
      return act.step === 'cut' ? cut(world, act.point) : back(world, act.point);
    case 'payday':
      return payNetworks(world);
  }
}

const nameOf = (act: PointAct): string => {
  if (act.kind === 'payday') return 'payday';
  return act.kind === 'device'
    ? `device of point ${act.point}: ${act.step}`
    : `${act.kind} ${act.index}: ${act.step}`;
};

const AGAIN_MS = 40;
const PATIENCE_MS = 60_000;

/** Everything that follows from what happened, and from the time that passed, has followed. */
export async function untilQuiet(world: PointWorld): Promise<void> {
  if (world.settle !== undefined) return world.settle();
  let least = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    const { outbox, jobs } = await world.operator.get('/v1/operations/health');
    const waiting =
      outbox.unnumbered +
      outbox.reactions.reduce((sum, one) => sum + one.waiting, 0) +
      jobs.reduce((sum, job) => sum + job.due + job.running, 0);
    if (waiting === 0) return;
    if (waiting < least) [least, since] = [waiting, performance.now()];
    if (performance.now() - since > PATIENCE_MS)
      return countOf(world, 'hours in which the network stayed busy');
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
