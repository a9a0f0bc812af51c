import { newId, type Work, type World } from '../../platform/world/index.ts';
import {
  accepted,
  type Instant,
  type OrganisationId,
  type Outcome,
  refused,
  type WaybillId,
} from '../kernel/index.ts';
import type { LabelContent } from '../labels/index.ts';
import { draftWaybill, printedOnce, type ReservedWaybill } from './draft.ts';
import { WaybillPrinted } from './events.ts';
import { findLabel, insertLabel, type LabelRecord } from './label-store.ts';
import type { Waybill, WaybillRequest } from './model.ts';
import type { WaybillPorts } from './ports.ts';
import {
  drawLabel,
  type PreparedLabel,
  type PrintedLabel,
  type PrintOptions,
  readDocument,
} from './print.ts';
import type { Resolution } from './routing.policy.ts';
import { waybillRoutingOf } from './routing-handle.ts';
import { announce } from './transitions.ts';

export type { PrintedLabel, PrintOptions } from './print.ts';

/**
 * A label that is drawn before its waybills are written, so that one transaction writes both: numbers are taken, the
 * label is drawn of what the waybills will be, then `issueWaybills` (fresh, on labels) and `record` write. When nothing
 * comes of it, nobody names the document, and numbers that were certainly not written go back.
 */
export const firstLabels = { draw: drawFirst, record: recordFirst, read: readLabel };

export type FirstPrint = {
  readonly requests: readonly WaybillRequest[];
  /** Of each request. */
  readonly reserved: readonly ReservedWaybill[];
  readonly label: PreparedLabel;
  /** Only after a refusal, when no transaction may have kept it. */
  giveBack(): void;
};

type NewWaybills = {
  readonly organisationId: OrganisationId;
  /** Of one carrier; the first is the parent of the others. */
  readonly requests: readonly WaybillRequest[];
  readonly route: Resolution;
  readonly now: Instant;
  /** One for each waybill, in their order; these count the print already. */
  contentsOf(waybills: readonly Waybill[]): readonly LabelContent[];
};

/** Draws, seals and stores one document for all. Await `ensure` of the issuer for as many numbers before. */
async function drawFirst(
  world: World,
  ports: Pick<WaybillPorts, 'issuerOf' | 'print'>,
  { organisationId, requests, route, now, contentsOf }: NewWaybills,
  options: PrintOptions,
): Promise<Outcome<FirstPrint>> {
  const issuer = ports.issuerOf(world);
  const numbers = issuer.take(organisationId, requests[0]?.carrierCode ?? '', requests.length);
  if (numbers === undefined) return refused('numbers_not_ready', '');
  const reserved = numbers.map((issued) => ({ waybillId: newId('wbl') as WaybillId, issued }));
  const giveBack = () => issuer.giveBack(numbers);
  const waybills = requests.flatMap((request, index) => {
    const own = reserved[index];
    if (own === undefined) return [];
    const parentNumber = index === 0 ? undefined : numbers[0]?.number;
    const draft = draftWaybill({ id: own.waybillId, now }, organisationId, request, own.issued, parentNumber);
    return [printedOnce({ ...draft, routing: waybillRoutingOf(route) }, now)];
  });
  const contents = contentsOf(waybills);
  const drawn = await drawLabel(
    world,
    ports.print,
    accepted({ organisationId, waybills, contents, now }),
    options,
  );
  if (drawn.ok) return accepted({ requests, reserved, label: drawn.value, giveBack });
  giveBack();
  return drawn;
}

/** Behind the waybills, in their transaction. */
function recordFirst(
  work: Work,
  { label: { label, waybills } }: FirstPrint,
  printedBy: string,
): PrintedLabel {
  const record: LabelRecord = { ...label, printedAt: work.now, printedBy };
  const items = waybills.map(({ id, number, printCount }) => ({ waybillId: id, number, printCount }));
  insertLabel(work.db, record, items);
  for (const waybill of waybills)
    announce(work, WaybillPrinted, waybill, { labelId: label.id, printCount: waybill.printCount });
  return { ...record, items };
}

/** The bytes of a document; undefined when it is not kept any more. */
async function readLabel(
  world: World,
  ports: Pick<WaybillPorts, 'print'>,
  organisationId: OrganisationId,
  labelId: string,
): Promise<Uint8Array | undefined> {
  const label = await world.read({ organisationId }, (db) => findLabel(db, labelId));
  const document = await readDocument(ports.print, organisationId, label);
  return document.ok ? document.value.bytes : undefined;
}
