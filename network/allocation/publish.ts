import type { Work } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { type CapacityRule, type Plan, publish } from './capacity.policy.ts';
import { CapacityPublished } from './events.ts';
import { changeShelf, changeSlot, type Held, hourOfPoint, publishedOf } from './places.ts';
import { lockPlan, readPlan, saveAcceptance, writeRules } from './plan-store.ts';
import { hasPlaces, lockShelf, lockSlotsFrom } from './slot-store.ts';
import { dayBeside, keyOf } from './weigh.ts';

/** Rules are never this far ahead. */
const LAST_DAY = '9999-12-31';

/** In the scope of the point's network: writes capacities by hour, in full or in part. */
export async function publishCapacity(
  work: Work,
  point: Point,
  rules: readonly CapacityRule[],
  isFull: boolean,
): Promise<void> {
  await lockPlan(work.db, keyOf(point), work.now);
  await writeRules(work.db, keyOf(point), rules, isFull);
  tellPublished(work, point, await followPlan(work, point));
}

/** The slider of those who stand at the counter: which share of the usual capacity they take, and until when. */
export async function setAcceptance(
  work: Work,
  point: Point,
  acceptance: { readonly acceptPercent: number; readonly acceptUntil: Instant | undefined },
): Promise<void> {
  await lockPlan(work.db, keyOf(point), work.now);
  await saveAcceptance(work.db, keyOf(point), acceptance, work.now);
  tellPublished(work, point, await followPlan(work, point));
}

/** The outlet says something else of itself: its hours follow. */
export async function followPoint(work: Work, point: Point): Promise<void> {
  // Most outlets of a large network have none yet, and a nightly feed changes them all.
  if (!(await hasPlaces(work.db, keyOf(point), work.now))) return;
  await lockPlan(work.db, keyOf(point), work.now);
  await followPlan(work, point);
}

/** Hours and shelf that exist offer what is published now; what is taken of them stays taken. Under the plan's lock. */
async function followPlan(work: Work, point: Point): Promise<Plan> {
  const key = keyOf(point);
  const plan = await readPlan(work.db, key, { fromDay: dayBeside(work.now, -1), toDay: LAST_DAY });
  const shelf = await lockShelf(work.db, key);
  const collect: Held = { point, service: 'collect', slots: new Map(), shelf, news: [] };
  if (shelf !== undefined) changeShelf(work, collect, (places) => publish(places, point.capacity.shelf));
  const from = hourOfPoint(point, work.now).startsAt;
  for (const { service, startsAt, places } of await lockSlotsFrom(work.db, key, from)) {
    const published = publishedOf(point, plan, service, hourOfPoint(point, startsAt));
    if (published === places.published) continue;
    const held: Held = { point, service, slots: new Map([[startsAt, places]]), shelf: undefined, news: [] };
    changeSlot(work, held, startsAt, (before) => publish(before, published));
  }
  return plan;
}

function tellPublished(work: Work, point: Point, plan: Plan): void {
  const { id: pointId, organisationId } = point;
  work.emit({
    type: CapacityPublished.name,
    group: { organisationId },
    subjectId: pointId,
    subjectSequence: Date.parse(work.now),
    audience: [organisationId],
    payload: { pointId, organisationId, occurredAt: work.now, acceptPercent: plan.acceptPercent },
  });
}
