import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { WaybillErrorCode, WaybillRequest } from './model.ts';

/** Same order, package and carrier within this time give the earlier number (source: domain 1.3, our default). */
export const PACKAGE_GUARD_MS = 24 * 3_600_000;
/** A number without a scan expires (source: domain 1.3, our default). */
export const EXPIRY_DAYS = 30;
/** Source: `trade_order_list` of cainiao.waybill.ii.get. */
const MAX_ORDER_REFS = 100;
const ORDER_REF = /^[A-Za-z0-9_-]{1,64}$/;
/** Source: package_info.id: letters, digits, underscore. */
const PACKAGE_ID = /^[A-Za-z0-9_]{1,64}$/;
const OBJECT_ID = /^[A-Za-z0-9._:-]{1,64}$/;
const MAX_PIECES = 999;

/** What one wish must obey by itself; whether its parent stands is seen later. */
export function checkRequest(request: WaybillRequest): Outcome<undefined, WaybillErrorCode> {
  if (!OBJECT_ID.test(request.objectId)) return refused('object_id_invalid', '');
  const refs = request.orderRefs ?? [];
  if (refs.length > MAX_ORDER_REFS || refs.some((ref) => !ORDER_REF.test(ref)))
    return refused('order_refs_invalid', '');
  if (request.packageId !== undefined && !PACKAGE_ID.test(request.packageId))
    return refused('package_id_invalid', '');
  const count = request.pieceCount ?? 1;
  const index = request.pieceIndex ?? 1;
  const whole = Number.isInteger(count) && Number.isInteger(index);
  if (!whole || count < 1 || count > MAX_PIECES || index < 1 || index > count)
    return refused('pieces_invalid', '');
  if (request.parentNumber !== undefined && request.parentObjectId !== undefined)
    return refused('pieces_invalid', 'Name the parent by its number or by its object id, not by both.');
  if (request.parentObjectId === request.objectId)
    return refused('pieces_invalid', 'A waybill is not its own parent.');
  return accepted(undefined);
}

/**
 * The key of the guard against asking twice for one package: carrier, package and the set of orders. Upper and lower
 * case of a package id are the same (source: package_info.id). Undefined without orders: nothing to compare; and for a
 * shipment, which asks for its numbers once, in its purchase: an order may be shipped again on the same day.
 */
export function packageKey(request: WaybillRequest): string | undefined {
  const refs = request.orderRefs ?? [];
  if (refs.length === 0 || request.shipmentRef !== undefined) return undefined;
  const piece = `${request.pieceIndex ?? 1}/${request.pieceCount ?? 1}`;
  const parts = [request.carrierCode, (request.packageId ?? '').toLowerCase(), piece];
  return [...parts, ...new Set([...refs].sort())].join(' ');
}
