import type { Work } from '../../platform/world/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import type { IssuedNumber, Waybill, WaybillRequest } from './model.ts';
import { parcelOfWaybill } from './own-parcel.policy.ts';

/** A waybill as it is issued, before its parties and its route are known. */
export function draftWaybill(
  { newId, now }: Pick<Work, 'newId' | 'now'>,
  organisationId: OrganisationId,
  request: WaybillRequest,
  issued: IssuedNumber,
  parentNumber: string | undefined,
): Waybill {
  const id = newId('wbl');
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
