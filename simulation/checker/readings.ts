import { type Caller, eachOf } from '../caller.ts';
import type { TruthOrder } from '../truth.ts';
import type { World } from '../world.ts';
import type { ReadBuyer, ReadFeed, Readings, ReadShipment, ReadTimeline } from './answers.ts';
import type { PublishedLine } from './price.ts';
import { readMovements } from './read-movements.ts';
import { readVerifications } from './read-verifications.ts';
import { readWallets } from './read-wallets.ts';

const AT_ONCE = 6;
/** A buyer looks up one parcel in so many. */
const BUYERS = 7;

export async function readShipments(world: World): Promise<Map<string, ReadShipment>> {
  const shipments = new Map<string, ReadShipment>();
  await eachOf(world.parties.merchants, AT_ONCE, async (party) => {
    for await (const one of party.app.listAll('/v1/shipments'))
      shipments.set(one.id, {
        id: one.id,
        to: `${one.to.country} ${one.to.city} ${one.to.postcode}`,
        state: one.state,
        lineCode: one.line_code,
        freight: one.freight,
        chargedMinor: one.charged?.total.amount_minor,
        quotedMinor: one.quoted?.total.amount_minor,
        numbers: one.parcels.map((parcel) => parcel.number),
      });
  });
  return shipments;
}

/** Reads everything. */
export async function readAll(world: World): Promise<Readings> {
  const shipments = await readShipments(world);
  const bought = [...world.truth.orders.values()].filter((order) => order.shipmentId !== undefined);
  const timelines = new Map<string, ReadTimeline>();
  const buyers = new Map<string, ReadBuyer>();
  await eachOf(bought, AT_ONCE, (order) => readLife(world, order, timelines, buyers));
  return {
    ...{ shipments, timelines, buyers },
    wallets: await readWallets(world),
    ...(await readMovements(world)),
    ...(await readVerifications(world)),
    lines: await readLines(world, shipments),
    feeds: await readFeeds(world),
  };
}

/** With no order coming nearer to its truth for so long, nothing more will come of itself. */
const PATIENCE_MS = 60_000;

/**
 * The network does some of what follows from an answer after it: waits until the state of every order is what it has
 * to be, or nothing changes any more. Which of both it was is for the checker to find out.
 */
export async function settle(world: World): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    const shipments = await readShipments(world);
    const open = [...world.truth.orders.values()].filter(
      (order) => order.shipmentId !== undefined && shipments.get(order.shipmentId)?.state !== order.state,
    ).length;
    if (open < best) [best, since] = [open, performance.now()];
    if (open === 0 || performance.now() - since > PATIENCE_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function readLife(
  world: World,
  order: TruthOrder,
  timelines: Map<string, ReadTimeline>,
  buyers: Map<string, ReadBuyer>,
): Promise<void> {
  const party = world.parties.merchants[order.merchant];
  if (party === undefined) return;
  for (const parcel of order.parcels) {
    const answer = await party.app.get('/v1/tracking/{number}', {
      params: { path: { number: parcel.number } },
    });
    const found = answer.parcels.find((one) => one.parcel.id === parcel.id);
    if (found !== undefined)
      timelines.set(parcel.id, {
        parcelId: parcel.id,
        status: found.timeline.status,
        milestones: [...found.timeline.milestones, ...found.timeline.return_milestones].map((one) => ({
          name: one.name,
          at: Date.parse(one.occurred_at),
        })),
        unverified: found.timeline.unverified.length,
        unmapped: found.timeline.entries.filter((entry) => entry.effect === 'unmapped').length,
      });
    if (order.order % BUYERS !== 0) continue;
    // The merchant sends its buyer a link; it leads into the world that it was made in.
    const link = await party.app.post('/v1/parcels/{parcel_id}/links', {
      params: { path: { parcel_id: parcel.id } },
    });
    const seen = await world.parties.buyer.post('/v1/track', { body: { token: link.token } });
    buyers.set(parcel.id, {
      parcelId: parcel.id,
      status: seen.status,
      milestones: [...new Set(seen.steps.filter((one) => one.verified).map((one) => one.milestone))],
    });
  }
}

async function readLines(
  world: World,
  shipments: ReadonlyMap<string, ReadShipment>,
): Promise<Map<string, PublishedLine>> {
  const lines = new Map<string, PublishedLine>();
  const reader = world.parties.operator;
  for (const code of new Set([...shipments.values()].map((one) => one.lineCode))) {
    const { line } = await reader.get('/v1/lines/{line_code}', { params: { path: { line_code: code } } });
    lines.set(code, line as unknown as PublishedLine);
  }
  return lines;
}

/** Webhooks come after the events that they tell: waits as long as more come. */
async function readFeeds(world: World): Promise<ReadFeed[]> {
  const feeds: ReadFeed[] = [];
  for (const receiver of world.receivers?.all ?? []) {
    if (receiver.habit !== 'healthy') continue;
    const events = await eventsAfter(receiver.owner, receiver.after);
    let missing = events;
    for (let since = performance.now(); missing.length > 0 && performance.now() - since < PATIENCE_MS; ) {
      const left = missing.filter((id) => !receiver.received.has(id));
      if (left.length < missing.length) since = performance.now();
      missing = left;
      if (missing.length > 0) await new Promise((resolve) => setTimeout(resolve, 500));
    }
    const { name: owner, received, badSignatures } = receiver;
    feeds.push({ owner, received: received.size, missing, badSignatures });
  }
  return feeds;
}

async function eventsAfter(owner: Caller, cursor: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = cursor; ; ) {
    const page = await owner.get('/v1/events', { params: { query: { after, limit: 1_000 } } });
    ids.push(...page.data.map((event) => event.id));
    if (!page.has_more) return ids;
    after = page.next_cursor;
  }
}
