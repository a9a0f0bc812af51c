import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addMs,
  type OrganisationId,
  type Outcome,
  refused,
  type WaybillId,
} from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import { draftWaybill, type Fresh, printedOnce } from './draft.ts';
import { WaybillIssued } from './events.ts';
import { scheduleExpiry } from './expiry.ts';
import { type InlineParties, readInlineParties, storeInlineParties } from './inline-parties.ts';
import type { IssuedNumber, Waybill, WaybillRequest } from './model.ts';
import type { NumberIssuer } from './number-issuer.ts';
import { checkRequest, PACKAGE_GUARD_MS, packageKey } from './request.policy.ts';
import type { Resolution } from './routing.policy.ts';
import { announceUnrouted, type RuleBook, resolveAreas, waybillRoutingOf } from './routing-handle.ts';
import {
  claimPackages,
  insertFreshWaybills,
  insertWaybills,
  listByIds,
  listByNumbers,
  listByObjectIds,
  releasePackages,
} from './store.ts';
import { destinationOf, payloadOf } from './transitions.ts';

export type IssueContext = {
  readonly issuer: NumberIssuer;
  readonly rules: RuleBook;
  /** Where parties go that come with a request. */
  readonly vault: Pick<Vault, 'storeParties'>;
};
/** Codes of this room's catalogue, and of the places' for a party's address or phone. */
export type IssueOutcome = Outcome<Waybill>;

type Wish = {
  readonly place: number;
  readonly request: WaybillRequest;
  /** Number of the parent; for a parent of the same batch known only when that has its number. */
  parentNumber: string | undefined;
  readonly parentPlace: number | undefined;
};

/**
 * Issues waybills of one organisation: one outcome per request, in their order; a refused one never hinders the
 * others. Await `issuer.ensure` for each carrier before the transaction. Everything is written by one statement per
 * table. An object id, or a package asked for within 24 hours, that has a number already answers the earlier waybill.
 */
export async function issueWaybills(
  work: Work,
  context: IssueContext,
  organisationId: OrganisationId,
  requests: readonly WaybillRequest[],
  fresh?: Fresh,
): Promise<IssueOutcome[]> {
  const outcomes: (IssueOutcome | undefined)[] = requests.map(() => undefined);
  const batch: Batch = {
    work,
    context,
    organisationId,
    requests,
    fresh,
    outcomes,
    issued: new Map(),
    parties: new Map(),
  };
  const firstPlaces = checkEach(batch);
  const wishes = await withParents(batch, firstPlaces, await answerKnown(batch, firstPlaces));
  const sharers = shareByPackage(wishes);
  const numbers = takeNumbers(batch, [...sharers.keys()]);
  const drafts = await claimAll(batch, numbers);
  await insertAll(batch, drafts);
  for (const [wish, others] of sharers) {
    for (const other of others) outcomes[other.place] = outcomes[wish.place];
  }
  return outcomes.map((outcome) => {
    if (outcome === undefined) throw new Error('a request was left without an answer');
    return outcome;
  });
}

type Batch = {
  readonly work: Work;
  readonly context: IssueContext;
  readonly organisationId: OrganisationId;
  readonly requests: readonly WaybillRequest[];
  readonly fresh: Fresh | undefined;
  readonly outcomes: (IssueOutcome | undefined)[];
  /** Number of each draft, by waybill id: what goes back to the issuer when the draft is not written. */
  readonly issued: Map<string, IssuedNumber>;
  /** Parties that came with a request, by its object id. */
  readonly parties: Map<string, InlineParties>;
};

/** Refuses what is wrong by itself; answers where each good object id stands first. */
function checkEach(batch: Batch): Map<string, number> {
  const firstPlaces = new Map<string, number>();
  for (const [place, request] of batch.requests.entries()) {
    const checked = checkRequest(request);
    const parties = readInlineParties(request, place);
    if (!checked.ok) batch.outcomes[place] = checked;
    else if (!parties.ok) batch.outcomes[place] = parties;
    else if (firstPlaces.has(request.objectId))
      batch.outcomes[place] = refused(
        'object_id_repeated',
        `The first stands at place ${firstPlaces.get(request.objectId)}.`,
      );
    else {
      firstPlaces.set(request.objectId, place);
      batch.parties.set(request.objectId, parties.value);
    }
  }
  return firstPlaces;
}

/** Answers object ids that have a waybill; the rest is left to do. */
async function answerKnown(batch: Batch, firstPlaces: ReadonlyMap<string, number>): Promise<number[]> {
  if (firstPlaces.size === 0 || batch.fresh !== undefined) return [...firstPlaces.values()];
  const known = await listByObjectIds(batch.work.db, batch.organisationId, [...firstPlaces.keys()]);
  const byObjectId = new Map(known.map((waybill) => [waybill.objectId, waybill]));
  const open: number[] = [];
  for (const [objectId, place] of firstPlaces) {
    const waybill = byObjectId.get(objectId);
    const request = batch.requests[place];
    if (waybill === undefined || request === undefined) open.push(place);
    else
      batch.outcomes[place] =
        waybill.carrierCode === request.carrierCode ? accepted(waybill) : refused('object_id_reused', '');
  }
  return open;
}

const LIVING: ReadonlySet<string> = new Set(['issued', 'printed', 'active']);

async function withParents(
  batch: Batch,
  firstPlaces: ReadonlyMap<string, number>,
  open: readonly number[],
): Promise<Wish[]> {
  const asked = open.flatMap((place) => batch.requests[place]?.parentNumber ?? []);
  const outside = open.flatMap((place) => {
    const id = batch.requests[place]?.parentObjectId;
    return id === undefined || firstPlaces.has(id) ? [] : [id];
  });
  const { db } = batch.work;
  const byNumber = new Map(
    (asked.length === 0 ? [] : await listByNumbers(db, batch.organisationId, asked)).map((w) => [
      w.number,
      w,
    ]),
  );
  const byObject = new Map(
    (outside.length === 0 ? [] : await listByObjectIds(db, batch.organisationId, outside)).map((w) => [
      w.objectId,
      w,
    ]),
  );
  const wishes: Wish[] = [];
  for (const place of open) {
    const request = batch.requests[place];
    if (request === undefined) continue;
    const parentPlace =
      request.parentObjectId === undefined ? undefined : firstPlaces.get(request.parentObjectId);
    const inBatch = parentPlace === undefined ? undefined : batch.requests[parentPlace];
    const settled = parentPlace === undefined ? undefined : batch.outcomes[parentPlace];
    const parent =
      settled?.ok === true
        ? settled.value
        : request.parentNumber !== undefined
          ? byNumber.get(request.parentNumber)
          : byObject.get(request.parentObjectId ?? '');
    const wanted = request.parentNumber !== undefined || request.parentObjectId !== undefined;
    const isOpenParent = inBatch !== undefined && settled === undefined;
    const good = isOpenParent
      ? inBatch.carrierCode === request.carrierCode && isTop(inBatch)
      : parent !== undefined &&
        parent.carrierCode === request.carrierCode &&
        parent.parentNumber === undefined &&
        LIVING.has(parent.status);
    if (wanted && !good) batch.outcomes[place] = refused('parent_waybill_unknown', '');
    else
      wishes.push({
        place,
        request,
        parentNumber: parent?.number,
        parentPlace: isOpenParent ? parentPlace : undefined,
      });
  }
  return wishes;
}

function isTop(request: WaybillRequest): boolean {
  return request.parentNumber === undefined && request.parentObjectId === undefined;
}

/** Wishes for one and the same package inside a batch get one number: the first asks, the others share its answer. */
function shareByPackage(wishes: readonly Wish[]): Map<Wish, Wish[]> {
  const first = new Map<string, Wish>();
  const sharers = new Map<Wish, Wish[]>();
  for (const wish of wishes) {
    const key = packageKey(wish.request);
    const owner = key === undefined ? undefined : first.get(key);
    if (owner !== undefined) sharers.get(owner)?.push(wish);
    else {
      if (key !== undefined) first.set(key, wish);
      sharers.set(wish, []);
    }
  }
  return sharers;
}

type Numbered = {
  readonly wish: Wish;
  readonly issued: IssuedNumber;
  /** Of one that was reserved. */
  readonly waybillId?: WaybillId;
};

/** Numbers per carrier; all of a carrier or none, since `ensure` was asked for all. */
function takeNumbers(batch: Batch, wishes: readonly Wish[]): Numbered[] {
  const { onLabels } = batch.fresh ?? {};
  if (onLabels !== undefined) {
    return wishes.flatMap((wish) => {
      const reserved = onLabels[wish.place];
      return reserved === undefined ? [] : [{ wish, ...reserved }];
    });
  }
  const byCarrier = new Map<string, Wish[]>();
  const ensured = new Map<string, number>();
  for (const { carrierCode } of batch.requests) {
    ensured.set(carrierCode, (ensured.get(carrierCode) ?? 0) + 1);
    byCarrier.set(carrierCode, []);
  }
  for (const wish of wishes) byCarrier.get(wish.request.carrierCode)?.push(wish);
  const numbered: Numbered[] = [];
  for (const [carrierCode, list] of byCarrier) {
    const taken = batch.context.issuer.take(
      batch.organisationId,
      carrierCode,
      list.length,
      ensured.get(carrierCode),
    );
    for (const [index, wish] of list.entries()) {
      const issued = taken?.[index];
      if (issued === undefined) batch.outcomes[wish.place] = refused('numbers_not_ready', '');
      else numbered.push({ wish, issued });
    }
  }
  return numbered;
}

/** Claims the packages; what was claimed within a day answers the earlier waybill and gives its number back. */
async function claimAll(batch: Batch, numbered: readonly Numbered[]): Promise<Waybill[]> {
  const { work, organisationId } = batch;
  const drafts = new Map<Waybill, Numbered>();
  const claims: { key: string; waybillId: string }[] = [];
  const keys = new Map<Waybill, string>();
  for (const one of numbered) {
    const id = one.waybillId ?? work.newId('wbl');
    const draft = draftWaybill(
      { id, now: work.now },
      organisationId,
      one.wish.request,
      one.issued,
      one.wish.parentNumber,
    );
    batch.issued.set(draft.id, one.issued);
    drafts.set(draft, one);
    const key = packageKey(one.wish.request);
    if (key === undefined) continue;
    claims.push({ key, waybillId: draft.id });
    keys.set(draft, key);
  }
  if (claims.length === 0) return linkParents(batch, drafts);
  const before = addMs(work.now, -PACKAGE_GUARD_MS);
  const winners = await claimPackages(work.db, organisationId, claims, work.now, before);
  const losers = [...keys].filter(([draft, key]) => winners.get(key) !== draft.id);
  const earlier = losers.length === 0 ? [] : await listByIds(work.db, organisationId, [...winners.values()]);
  const byId = new Map<string, Waybill>(earlier.map((waybill) => [waybill.id, waybill]));
  for (const [draft, key] of losers) {
    const one = drafts.get(draft);
    const waybill = byId.get(winners.get(key) ?? '');
    if (one === undefined || waybill === undefined) continue;
    drafts.delete(draft);
    batch.outcomes[one.wish.place] = accepted(waybill);
    batch.context.issuer.giveBack([one.issued]);
  }
  return linkParents(batch, drafts);
}

/** Pieces learn the number of a parent in the same batch; without one they are refused. */
function linkParents(batch: Batch, drafts: ReadonlyMap<Waybill, Numbered>): Waybill[] {
  const numbers = new Map<number, string>();
  for (const [draft, { wish }] of drafts) numbers.set(wish.place, draft.number);
  const linked: Waybill[] = [];
  for (const [draft, { wish, issued }] of drafts) {
    if (wish.parentPlace === undefined) {
      linked.push(draft);
      continue;
    }
    const settled = batch.outcomes[wish.parentPlace];
    const parentNumber =
      numbers.get(wish.parentPlace) ?? (settled?.ok === true ? settled.value.number : undefined);
    if (parentNumber === undefined) {
      batch.outcomes[wish.place] = refused('parent_waybill_unknown', 'The parent of this piece was refused.');
      batch.context.issuer.giveBack([issued]);
    } else linked.push({ ...draft, parentNumber });
  }
  return linked;
}

/** Routes, writes and announces. An object id that another request took meanwhile answers that one's waybill. */
async function insertAll(batch: Batch, unfilled: readonly Waybill[]): Promise<void> {
  if (unfilled.length === 0) return;
  const { work, context, organisationId } = batch;
  const drafts = await storeInlineParties(work, context.vault, organisationId, unfilled, (draft) =>
    batch.parties.get(draft.objectId),
  );
  const routes = await routeAll(batch, drafts);
  const waybills = drafts.map((draft, index): Waybill => {
    const resolution = routes[index];
    const routed = resolution === undefined ? draft : { ...draft, routing: waybillRoutingOf(resolution) };
    return batch.fresh?.onLabels === undefined ? routed : printedOnce(routed, work.now);
  });
  const inserted =
    batch.fresh === undefined
      ? await insertWaybills(work.db, organisationId, waybills, work.now)
      : insertFreshWaybills(work.db, organisationId, waybills, work.now);
  const places = new Map(
    batch.requests.map((request, place) => [request.objectId, place] as const).reverse(),
  );
  const lost = waybills.filter((waybill) => !inserted.has(waybill.id));
  if (lost.length > 0) {
    context.issuer.giveBack(lost.flatMap((waybill) => batch.issued.get(waybill.id) ?? []));
    await releasePackages(
      work.db,
      organisationId,
      lost.map((waybill) => waybill.id),
    );
    const winners = await listByObjectIds(
      work.db,
      organisationId,
      lost.map((waybill) => waybill.objectId),
    );
    for (const winner of winners) batch.outcomes[places.get(winner.objectId) ?? -1] = accepted(winner);
  }
  const audiences = new Map<string, readonly string[]>();
  const unrouted: { waybill: Waybill; resolution: Resolution }[] = [];
  for (const [index, waybill] of waybills.entries()) {
    if (!inserted.has(waybill.id)) continue;
    batch.outcomes[places.get(waybill.objectId) ?? -1] = accepted(waybill);
    const carrier = context.issuer.carrierOrganisationOf(waybill.carrierCode);
    const audience = audiences.get(waybill.carrierCode) ?? [
      organisationId,
      ...(carrier === undefined ? [] : [carrier]),
    ];
    audiences.set(waybill.carrierCode, audience);
    work.emit({
      type: WaybillIssued.name,
      group: { organisationId },
      subjectId: waybill.id,
      subjectSequence: 1,
      audience,
      payload: { ...payloadOf({ ...waybill, status: 'issued' }, work.now), ...destinationOf(waybill) },
    });
    const resolution = routes[index];
    if (resolution?.ok === false) unrouted.push({ waybill, resolution });
  }
  await announceUnrouted(work, unrouted, [organisationId]);
  scheduleExpiry(work, organisationId);
}

async function routeAll(batch: Batch, drafts: readonly Waybill[]): Promise<(Resolution | undefined)[]> {
  const { work, context } = batch;
  if (batch.fresh !== undefined) {
    const places = new Map(batch.requests.map((request, place) => [request.objectId, place]));
    return drafts.map((draft) => batch.fresh?.routes[places.get(draft.objectId) ?? -1]);
  }
  const routes: (Resolution | undefined)[] = drafts.map(() => undefined);
  for (const carrierCode of new Set(drafts.map((draft) => draft.carrierCode))) {
    const places = drafts.flatMap((draft, index) => (draft.carrierCode === carrierCode ? [index] : []));
    const areas = places.map((index) => drafts[index]?.to);
    const found = await resolveAreas(work.db, context.rules, carrierCode, areas, work.now);
    for (const [at, index] of places.entries()) routes[index] = found[at];
  }
  return routes;
}
