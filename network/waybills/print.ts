import type { BlobStore } from '../../platform/blobs/index.ts';
import { type KeyRing, open, SealError, seal } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { newId, type Work, type World } from '../../platform/world/index.ts';
import { findCarrier } from '../carriers/index.ts';
import {
  accepted,
  addDays,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import type { LabelContent, LabelDpi, LabelFormat, LabelPress, LabelSize } from '../labels/index.ts';
import { decideStep } from './decide.ts';
import { WaybillPrinted, WaybillReprinted } from './events.ts';
import {
  countPrint,
  countPrints,
  countPrintsSince,
  insertLabel,
  type LabelItem,
  type LabelRecord,
  listNamedLabelBlobs,
} from './label-store.ts';
import type { Area, LabelId, Waybill, WaybillErrorCode } from './model.ts';
import { listByIds, lockWaybills } from './store.ts';
import { announce } from './transitions.ts';

/** Reprints of one label in so many days (source: a commercial cloud-print API, 10 in 2 days). */
export const REPRINT_LIMIT = 10;
export const REPRINT_DAYS = 2;

/**
 * Assembles what stands on labels: one content per waybill, in their order, every party already masked. Implemented
 * by the module that knows parties, goods and customs; `basicLabelContent` serves waybills without a shipment.
 */
export type LabelContentSource = {
  contentsOf(
    db: Queryable,
    waybills: readonly Waybill[],
    now: Instant,
    world: World,
  ): Promise<readonly LabelContent[]>;
};

/** A label of what the waybill itself knows: coarse geography in the place of the parties. */
export const basicLabelContent: LabelContentSource & {
  contentOf(waybill: Waybill, now: Instant): LabelContent;
} = {
  contentOf,
  contentsOf: async (_db, waybills, now) => waybills.map((waybill) => contentOf(waybill, now)),
};

/** Printed in the place of the sort mark when no route was found (the parcel is sorted by hand). */
export const UNROUTED_MARK = 'UNROUTED';

function contentOf(waybill: Waybill, now: Instant): LabelContent {
  const route = waybill.routing?.state === 'resolved' ? waybill.routing : undefined;
  const international =
    waybill.from !== undefined && waybill.to !== undefined && waybill.from.country !== waybill.to.country;
  return {
    variant: international ? 'international' : 'domestic',
    captions: waybill.to?.country === 'CN' ? 'zh' : 'en',
    waybillNumber: waybill.number,
    ...(waybill.parentNumber === undefined ? {} : { parentNumber: waybill.parentNumber }),
    piece: { index: waybill.pieceIndex, count: waybill.pieceCount },
    carrierName: findCarrier(waybill.carrierCode)?.names.en ?? waybill.carrierCode,
    lineName: waybill.productCode ?? '',
    sortMark: route?.sortMark ?? UNROUTED_MARK,
    ...(route?.routeCode === undefined ? {} : { route: definedOnly(route.routeCode) }),
    ...(route?.consolidation === undefined ? {} : { consolidation: route.consolidation }),
    recipient: { name: '***', addressLines: linesOf(waybill.to) },
    sender: { name: '***', addressLines: linesOf(waybill.from) },
    ...(waybill.orderRefs[0] === undefined ? {} : { orderReference: waybill.orderRefs[0] }),
    ...(waybill.remark === undefined ? {} : { remark: waybill.remark }),
    ...(waybill.weightGrams === undefined ? {} : { weightGrams: waybill.weightGrams }),
    services: [],
    inspected: false,
    printedAtText: `${now.slice(0, 16).replace('T', ' ')} UTC`,
    printCount: waybill.printCount,
    qrPayload: waybill.number,
  };
}

function definedOnly(code: {
  readonly raw: string;
  readonly hub?: string | undefined;
  readonly outlet?: string | undefined;
  readonly courier?: string | undefined;
  readonly extra?: string | undefined;
}) {
  const { raw, hub, outlet, courier, extra } = code;
  return {
    raw,
    ...(hub === undefined ? {} : { hub }),
    ...(outlet === undefined ? {} : { outlet }),
    ...(courier === undefined ? {} : { courier }),
    ...(extra === undefined ? {} : { extra }),
  };
}

function linesOf(area: Area | undefined): string[] {
  if (area === undefined) return [];
  return [area.town, area.city, area.division, area.postcode, area.country].filter(
    (part) => part !== undefined,
  );
}

export type PrintOptions = { readonly format: LabelFormat; readonly size: LabelSize; readonly dpi: LabelDpi };

export type PrintPorts = {
  readonly press: LabelPress;
  readonly blobs: BlobStore;
  /** Wraps the data key of each document; without it documents lie in the clear. */
  readonly keyRing?: KeyRing | undefined;
  readonly source: LabelContentSource;
};

/** A document that lies in the blob store and waits for the transaction that counts it. */
export type PreparedLabel = {
  readonly label: Omit<LabelRecord, 'printedAt' | 'printedBy'>;
  /** The waybills as they were when it was drawn: one that moved on is not counted with an old label. */
  readonly waybills: readonly Waybill[];
  /** As drawn, in the clear. */
  readonly document: Uint8Array;
};

/** Where the documents of a world lie in the blob store, and which of them labels name. */
export const labelBlobs = {
  folderOf: (world: Pick<World, 'name'>): string => `labels/${world.name}`,
  listNamed: listNamedLabelBlobs,
};

type PrintRefusal = WaybillErrorCode | 'label_not_printable' | 'not_found';

/** What a label will show, and the waybills as they were then. */
export type LabelDraft = {
  readonly organisationId: OrganisationId;
  readonly waybills: readonly Waybill[];
  readonly contents: readonly LabelContent[];
  readonly now: Instant;
};

/** Reads what the labels of some waybills show, in the scope of their owner. */
export async function draftLabel(
  reading: { readonly db: Queryable; readonly now: Instant; readonly world: World },
  ports: Pick<PrintPorts, 'source'>,
  organisationId: OrganisationId,
  waybillIds: readonly string[],
): Promise<Outcome<LabelDraft, PrintRefusal>> {
  const { db, now, world } = reading;
  const ids = [...new Set(waybillIds)];
  const [waybills, prints] = await Promise.all([
    listByIds(db, organisationId, ids),
    listPrints(db, organisationId, ids, now),
  ]);
  const checked = checkPrintable(ids, waybills, prints);
  if (!checked.ok) return checked;
  const drawn = checked.value.map((waybill) => ({ ...waybill, printCount: waybill.printCount + 1 }));
  const contents = await ports.source.contentsOf(db, drawn, now, world);
  return accepted({ organisationId, waybills: checked.value, contents, now });
}

/** Before the transaction: draws off the event loop, seals and stores. Leaves at worst a blob that nobody names. */
export async function drawLabel(
  world: World,
  ports: PrintPorts,
  draft: Outcome<LabelDraft, PrintRefusal>,
  options: PrintOptions,
): Promise<Outcome<PreparedLabel, PrintRefusal>> {
  if (!draft.ok) return draft;
  const { organisationId, waybills, contents, now } = draft.value;
  const rendered = await ports.press
    .renderMany({ contents, ...options, createdAt: now })
    .catch(() => refused('label_unavailable', ''));
  if (!rendered.ok) return rendered;
  const id: LabelId = newId('lbl');
  const sealed = sealLabel(ports, organisationId, id, rendered.value);
  const blobKey = `${labelBlobs.folderOf(world)}/${now.slice(0, 7)}/${id}`;
  await ports.blobs.put(blobKey, sealed.bytes);
  return accepted({
    label: {
      id,
      organisationId,
      format: options.format,
      size: options.size,
      dpi: options.dpi,
      blobKey,
      wrappedKey: sealed.wrappedKey,
      bytes: rendered.value.length,
    },
    waybills,
    document: rendered.value,
  });
}

function listPrints(db: Queryable, organisationId: string, ids: readonly string[], now: Instant) {
  return countPrintsSince(db, organisationId, ids, addDays(now, -REPRINT_DAYS));
}

/** All or none, in the order asked for. `prints`: of each waybill in the days that the limit counts. */
function checkPrintable(
  ids: readonly string[],
  waybills: readonly Waybill[],
  prints: ReadonlyMap<string, number>,
): Outcome<Waybill[], PrintRefusal> {
  const byId = new Map<string, Waybill>(waybills.map((waybill) => [waybill.id, waybill]));
  const ordered: Waybill[] = [];
  for (const id of ids) {
    const waybill = byId.get(id);
    if (waybill === undefined) return refused('not_found', '');
    const step = decideStep(waybill.status, 'print');
    if (!step.ok) return refused(step.rejection.code, `Waybill ${id} is ${waybill.status}.`);
    if ((prints.get(id) ?? 0) > REPRINT_LIMIT)
      return refused(
        'reprint_limit_reached',
        `Waybill ${id} was reprinted ${REPRINT_LIMIT} times in ${REPRINT_DAYS} days.`,
      );
    ordered.push(waybill);
  }
  return accepted(ordered);
}

export type PrintedLabel = LabelRecord & {
  readonly items: readonly (LabelItem & { readonly number: string })[];
};

/** In the transaction: counts the print of each waybill and says so. */
export async function recordLabel(
  work: Work,
  prepared: PreparedLabel,
  printedBy: string,
): Promise<Outcome<PrintedLabel, PrintRefusal>> {
  const counted = await countAll(work, prepared);
  if (!counted.ok) return counted;
  const label: LabelRecord = { ...prepared.label, printedAt: work.now, printedBy };
  const items = counted.value.map((waybill) => ({
    waybillId: waybill.id,
    number: waybill.number,
    printCount: waybill.printCount + 1,
  }));
  insertLabel(work.db, label, items);
  for (const waybill of counted.value) {
    const printed: Waybill = {
      ...waybill,
      status: waybill.status === 'issued' ? 'printed' : waybill.status,
      version: waybill.version + 1,
    };
    const printCount = waybill.printCount + 1;
    announce(work, printCount === 1 ? WaybillPrinted : WaybillReprinted, printed, {
      labelId: label.id,
      printCount,
    });
  }
  return accepted({ ...label, items });
}

/**
 * Answers the waybills as they were before. One that is as it was when it was drawn needs no second look: whatever
 * changes it, prints too, takes a version. Several are locked in the order of all.
 */
async function countAll(
  work: Work,
  { label: { organisationId }, waybills }: PreparedLabel,
): Promise<Outcome<readonly Waybill[], PrintRefusal>> {
  const [only] = waybills;
  if (only !== undefined && waybills.length === 1 && (await countPrint(work.db, only, work.now)))
    return accepted(waybills);
  const ids = waybills.map((waybill) => waybill.id);
  const locked = await lockWaybills(work.db, organisationId, ids);
  const prints = await listPrints(work.db, organisationId, ids, work.now);
  const checked = checkPrintable(ids, locked, prints);
  if (!checked.ok) return checked;
  const versions = new Map(waybills.map((waybill) => [waybill.id, waybill.version]));
  if (checked.value.some((waybill) => versions.get(waybill.id) !== waybill.version))
    return refused('waybill_version_conflict', 'It changed while the label was drawn.');
  await countPrints(work.db, organisationId, ids, work.now);
  return checked;
}

/** The document's bytes; refuses when it is not kept any more. Throws SealError when it was altered. */
export async function readDocument(
  ports: Pick<PrintPorts, 'blobs' | 'keyRing'>,
  organisationId: string,
  label: LabelRecord | undefined,
): Promise<Outcome<{ label: LabelRecord; bytes: Uint8Array }, 'not_found' | 'label_gone'>> {
  if (label === undefined) return refused('not_found', '');
  const stored = await ports.blobs.get(label.blobKey);
  if (stored === undefined) return refused('label_gone', '');
  if (label.wrappedKey === undefined) return accepted({ label, bytes: stored });
  if (ports.keyRing === undefined) throw new SealError('unknown_key_version');
  const key = ports.keyRing.unwrap(label.wrappedKey, ['label', organisationId]);
  return accepted({ label, bytes: open(key, stored, [organisationId, label.id]) });
}

function sealLabel(
  ports: PrintPorts,
  organisationId: string,
  id: LabelId,
  bytes: Uint8Array,
): { bytes: Uint8Array; wrappedKey: Uint8Array | undefined } {
  if (ports.keyRing === undefined) return { bytes, wrappedKey: undefined };
  const key = ports.keyRing.generateDataKey(['label', organisationId]);
  return { bytes: seal(key.plain, bytes, [organisationId, id]), wrappedKey: key.wrapped };
}
