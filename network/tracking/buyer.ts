import { hashToken } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { createRateLimiter, type RateLimiter } from '../../platform/http/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { normaliseNumber } from '../numbers/index.ts';
import type { BuyerViews, SeenByBuyer } from './buyer-view.ts';
import type { TrackingErrorCode } from './errors.ts';
import { TOKEN_PREFIX, TOKEN_SHAPE } from './handle.ts';
import { findLinkedParcel } from './link-store.ts';
import type { TrackedParcel } from './parcel.ts';
import type { BuyerView } from './parcel-contract.ts';
import { findSurvivor } from './parcel-store.ts';
import { parcelsOfNumbers } from './views.ts';

/**
 * Do these four digits end the phone of the recipient of this parcel, by its order or its waybill? Answered by the
 * vault's blind index, without clear data. No parcel, or one that nobody owns: ask as much as for a real one and say no.
 */
export type RecipientCheck = (
  db: Queryable,
  parcel: Pick<TrackedParcel, 'id' | 'shipmentId' | 'organisationId'> | undefined,
  phoneLast4: string,
) => Promise<boolean>;

export type BuyerPorts = {
  readonly recipientCheck: RecipientCheck;
  readonly viewOf: BuyerViews;
  /** Tries per number and address: a buyer mistypes a few times (our default: 10, then 5 a minute). */
  readonly perNumberAndAddress: RateLimiter;
  /** Tries per number from anywhere: 10,000 endings must take weeks (our default: 30, then 12 an hour). */
  readonly perNumber: RateLimiter;
};

export type BuyerQuestion = {
  readonly number?: string | undefined;
  readonly phoneLast4?: string | undefined;
  readonly token?: string | undefined;
};

/** No valid question or report is longer: what is, is refused later, and not read here. */
const LONGEST_QUESTION = 4_000;

/** The world that a question is about: that of its token, or the one that it names beside a number. */
export function worldOfQuestion(body: Uint8Array): 'live' | 'test' {
  if (body.length > LONGEST_QUESTION) return 'live';
  const text = Buffer.from(body).toString('utf8');
  if (text.includes(TOKEN_PREFIX.test)) return 'test';
  try {
    const { world } = JSON.parse(text) as { world?: unknown };
    return world === 'test' ? 'test' : 'live';
  } catch {
    return 'live';
  }
}

/** What fits a question: the view, and what it was made of. */
export type FoundForBuyer = {
  readonly view: BuyerView;
  /** In the order of the view: the first, then the others. */
  readonly parcels: readonly TrackedParcel[];
  /** Whose state the view tells as well: pieces that come with these. */
  readonly sisters: readonly TrackedParcel[];
  /** The digits of the recipient's phone were said, and not a link alone, which may have been passed on. */
  readonly isProven: boolean;
  /** Of the link that opened it. */
  readonly linkHash: Uint8Array | undefined;
};

type BuyerAnswer = Outcome<FoundForBuyer, TrackingErrorCode | 'rate_limited'>;

/** Who may ask as the buyer of a parcel. All that a buyer asks or says goes through one door, so that tries count together. */
export type BuyerDoor = (
  world: World,
  question: BuyerQuestion,
  remoteAddress: string,
) => Promise<BuyerAnswer>;

export function createBuyerDoor(recipientCheck: RecipientCheck, viewOf: BuyerViews): BuyerDoor {
  const ports: BuyerPorts = {
    recipientCheck,
    viewOf,
    perNumberAndAddress: createRateLimiter({ perMinute: 5, burst: 10 }),
    perNumber: createRateLimiter({ perMinute: 0.2, burst: 30 }),
  };
  return (world, question, remoteAddress) => findForBuyer(world, ports, question, remoteAddress);
}

/**
 * The buyer's view by a link's token, with or without the last four digits of the recipient's phone, or by number and
 * these. A wrong ending, an unknown number, a revoked link and a text that is nothing of it are answered alike. A try that
 * was right is none: whoever knows the digits may look as often as he likes.
 */
export async function findForBuyer(
  world: World,
  ports: BuyerPorts,
  question: BuyerQuestion,
  remoteAddress: string,
): Promise<BuyerAnswer> {
  const { token, number, phoneLast4 } = question;
  const opened = token === undefined ? undefined : await byToken(world, ports, token);
  if (opened !== undefined && (!opened.ok || phoneLast4 === undefined)) return opened;
  const linked = opened?.ok === true ? opened.value : undefined;
  const normal = linked?.parcels[0]?.number ?? normaliseNumber(number ?? '');
  if (normal === undefined || phoneLast4 === undefined) return refused('track_not_found', '');
  // In this order: who is stopped by his own limit does not use up that of the number.
  const tries = {
    ofAddress: `${world.name} ${normal} ${remoteAddress}`,
    ofNumber: `${world.name} ${normal}`,
  };
  const allowed =
    ports.perNumberAndAddress.take(tries.ofAddress).allowed && ports.perNumber.take(tries.ofNumber).allowed;
  if (!allowed) return refused('rate_limited', '');
  const answer =
    linked === undefined
      ? await byNumber(world, ports, normal, phoneLast4)
      : await byTail(world, ports, linked, phoneLast4);
  if (answer.ok) {
    ports.perNumberAndAddress.giveBack(tries.ofAddress);
    ports.perNumber.giveBack(tries.ofNumber);
  }
  return answer;
}

async function byNumber(
  world: World,
  ports: BuyerPorts,
  normal: string,
  phoneLast4: string,
): Promise<BuyerAnswer> {
  return world.read('network', async (db, now) => {
    // An unknown number costs one check as well, so that the time tells nothing.
    // This number and no other: a barcode that carries it in many ways would have as many limits.
    const parcels: (TrackedParcel | undefined)[] = await parcelsOfNumbers(db, [normal]);
    const fitting: (SeenByBuyer & { parcel: TrackedParcel })[] = [];
    for (const parcel of parcels.length === 0 ? [undefined] : parcels) {
      const fits = await ports.recipientCheck(db, parcel, phoneLast4);
      if (fits && parcel !== undefined) fitting.push({ parcel, ...(await ports.viewOf(db, parcel, now)) });
    }
    const [first, ...others] = fitting.map(({ view }) => view);
    return first === undefined
      ? refused('track_not_found', '')
      : accepted({
          view: { ...first, others, now },
          parcels: fitting.map(({ parcel }) => parcel),
          sisters: fitting.flatMap(({ sisters }) => sisters),
          isProven: true,
          linkHash: undefined,
        });
  });
}

/** Whoever holds the link says who he is. */
async function byTail(
  world: World,
  { recipientCheck }: BuyerPorts,
  found: FoundForBuyer,
  phoneLast4: string,
): Promise<BuyerAnswer> {
  return world.read('network', async (db) =>
    (await recipientCheck(db, found.parcels[0], phoneLast4))
      ? accepted({ ...found, isProven: true })
      : refused('track_not_found', ''),
  );
}

async function byToken(world: World, { viewOf }: BuyerPorts, token: string): Promise<BuyerAnswer> {
  if (!TOKEN_SHAPE.test(token)) return refused('track_not_found', '');
  return world.read('network', async (db, now) => {
    const linkHash = hashToken(token);
    const parcelId = await findLinkedParcel(db, linkHash);
    const parcel = parcelId === undefined ? undefined : await findSurvivor(db, parcelId);
    if (parcel === undefined) return refused('track_not_found', '');
    const { view, sisters } = await viewOf(db, parcel, now);
    return accepted({
      view: { ...view, others: [], now },
      parcels: [parcel],
      sisters,
      isProven: false,
      linkHash,
    });
  });
}
