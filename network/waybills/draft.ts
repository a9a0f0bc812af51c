import type { Instant, OrganisationId, WaybillId } from '../kernel/index.ts';
import type { IssuedNumber, Waybill, WaybillRequest } from './model.ts';
import { parcelOfWaybill } from './own-parcel.policy.ts';
import type { Resolution } from './routing.policy.ts';

/** Id and number of a waybill that is to be written. */
export type ReservedWaybill = { readonly waybillId: WaybillId; readonly issued: IssuedNumber };

/**
 * Of requests whose object ids were made for this very command, so that nobody has them, and whose routes are known.
 * Nothing is looked up for them, and they are written with what follows.
 */
export type Fresh = {
  /** Of each request, in their order. */
  readonly routes: readonly Resolution[];
  /** Ids and numbers that were taken before, in the same order, and stand on labels that go with them: written as printed. */
  readonly onLabels?: readonly ReservedWaybill[] | undefined;
};

/** A waybill as it is issued, before its parties and its route are known. */
export function draftWaybill(
  { id, now }: { readonly id: WaybillId; readonly now: Instant },
  organisationId: OrganisationId,
  request: WaybillRequest,
  issued: IssuedNumber,
  parentNumber: string | undefined,
): Waybill {
  return {
    id,
    organisationId,
    carrierCode: request.carrierCode,
    number: issued.number,
    epoch: issued.epoch,
    segmentId: issued.segmentId,
    segmentHolder: issued.segmentHolder,
    serial: issued.serial,
    objectId: request.objectId,
    packageId: request.packageId,
    orderRefs: request.orderRefs ?? [],
    parentNumber,
    pieceIndex: request.pieceIndex ?? 1,
    pieceCount: request.pieceCount ?? 1,
    shipmentRef: request.shipmentRef,
    parcelRef: request.parcelRef ?? parcelOfWaybill(id),
    senderRef: request.senderRef,
    recipientRef: request.recipientRef,
    from: request.from,
    to: request.to,
    productCode: request.productCode,
    services: request.services ?? [],
    weightGrams: request.weightGrams,
    remark: request.remark,
    routing: undefined,
    status: 'issued',
    printCount: 0,
    version: 1,
    issuedAt: now,
    updatedAt: now,
    lastPrintedAt: undefined,
    activatedAt: undefined,
    endedAt: undefined,
  };
}

/** As it is when its label goes with it. */
export function printedOnce(waybill: Waybill, now: Instant): Waybill {
  return {
    ...waybill,
    status: 'printed',
    printCount: waybill.printCount + 1,
    version: waybill.version + 1,
    lastPrintedAt: now,
  };
}
