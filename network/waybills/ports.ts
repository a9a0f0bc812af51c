import type { Reply } from '../../platform/http/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import {
  accepted,
  type OrganisationId,
  type Outcome,
  type ParcelId,
  type WaybillId,
} from '../kernel/index.ts';
import type { Vault } from '../vault/index.ts';
import type { HighWaterMarks } from './high-water-marks.ts';
import type { WaybillRequest } from './model.ts';
import type { NumberIssuer } from './number-issuer.ts';
import type { PrintPorts } from './print.ts';
import type { RuleBook } from './routing-handle.ts';

/** What the routes of this room and higher rooms need of the program. */
export type WaybillPorts = {
  /** One issuer per world and process. */
  readonly issuerOf: (world: World) => NumberIssuer;
  readonly marksOf: (world: World) => HighWaterMarks;
  readonly rules: RuleBook;
  readonly vault: Pick<Vault, 'storeParties'>;
  readonly print: PrintPorts;
};

/** A parcel that a counter or courier takes in; the same `objectId` again has the same number. */
export type NumberRequest = { readonly organisationId: OrganisationId } & {
  readonly [Name in
    | 'objectId'
    | 'orderRefs'
    | 'carrierCode'
    | 'senderRef'
    | 'recipientRef'
    | 'from'
    | 'to'
    | 'weightGrams']: NonNullable<WaybillRequest[Name]>;
};
/** Numbers of the network's stock for what is taken in, and their labels. */
export type NumberPort = {
  /** Before the transaction: are there numbers of this carrier for the owner? */
  ensure(world: World, organisationId: OrganisationId, carrierCode: string): Promise<Outcome<undefined>>;
  issue(
    work: Work,
    request: NumberRequest,
  ): Promise<
    Outcome<{ readonly waybillId: WaybillId; readonly parcelId: ParcelId; readonly number: string }>
  >;
  /** The label of a waybill as PDF; the print is counted. */
  label(
    world: World,
    organisationId: OrganisationId,
    waybillId: WaybillId,
    printedBy: string,
  ): Promise<Outcome<Uint8Array>>;
};

/** Why the label of what was taken in is not drawn. */
export const LABEL_REFUSALS = [
  'label_not_printable',
  'label_unavailable',
  'reprint_limit_reached',
  'waybill_state_conflict',
  'waybill_version_conflict',
  'label_gone',
];
/** The label of what was taken in, as an answer that nobody keeps. */
export async function replyWithLabel(
  numbers: NumberPort,
  ...asked: Parameters<NumberPort['label']>
): Promise<Outcome<Reply>> {
  const label = await numbers.label(...asked);
  if (!label.ok) return label;
  const headers = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };
  return accepted({
    kind: 'bytes',
    status: 200,
    contentType: 'application/pdf',
    bytes: label.value,
    headers,
  });
}
