import { z } from 'zod';
import { defineEvent, type EventType } from '../../platform/outbox/index.ts';

const waybillFields = {
  waybillId: z.string(),
  organisationId: z.string(),
  carrierCode: z.string(),
  number: z.string(),
  epoch: z.number(),
  segmentId: z.string(),
  /** Who holds the stock: an organisation id or `network`. */
  segmentHolder: z.string(),
  status: z.string(),
  /** Absent for a waybill without an order of this network. */
  shipmentRef: z.string().optional(),
  /** The parcel whose timeline it is. */
  parcelRef: z.string().optional(),
  parentNumber: z.string().optional(),
  /** Status before, where an event may come from several. */
  previousStatus: z.string().optional(),
  /** Instant of what happened, RFC 3339. */
  at: z.string(),
};
const waybillPayload = z.object(waybillFields);
export type WaybillPayload = z.infer<typeof waybillPayload>;

const destination = z.object({ country: z.string(), city: z.string().optional() });

export const WaybillIssued = defineEvent(
  'WaybillIssued',
  'waybill.issued',
  z.object({
    ...waybillFields,
    /** Where it goes, when that is known. */
    to: destination.optional(),
  }),
);
export const WaybillUpdated = defineEvent(
  'WaybillUpdated',
  'waybill.updated',
  z.object({
    ...waybillFields,
    /** Where it goes now, when the change named a place. */
    to: destination.optional(),
  }),
);
export const WaybillPrinted = defineEvent(
  'WaybillPrinted',
  'waybill.printed',
  z.object({ ...waybillFields, labelId: z.string(), printCount: z.number() }),
);
export const WaybillReprinted = defineEvent(
  'WaybillReprinted',
  'waybill.reprinted',
  z.object({ ...waybillFields, labelId: z.string(), printCount: z.number() }),
);
export const WaybillCancelled = defineEvent('WaybillCancelled', 'waybill.cancelled', waybillPayload);
export const WaybillExpired = defineEvent('WaybillExpired', 'waybill.expired', waybillPayload);
export const WaybillActivated = defineEvent('WaybillActivated', 'waybill.activated', waybillPayload);
export const WaybillClosed = defineEvent('WaybillClosed', 'waybill.closed', waybillPayload);
export const WaybillIntercepting = defineEvent('WaybillIntercepting', 'waybill.intercepting', waybillPayload);
export const WaybillIntercepted = defineEvent('WaybillIntercepted', 'waybill.intercepted', waybillPayload);
export const WaybillInterceptionEnded = defineEvent(
  'WaybillInterceptionEnded',
  'waybill.interception_ended',
  waybillPayload,
);

const routePayload = z.object({
  waybillId: z.string(),
  carrierCode: z.string(),
  number: z.string(),
  layer: z.string(),
  sortMark: z.string(),
});
export const RouteResolved = defineEvent('RouteResolved', 'route.resolved', routePayload);
export const RouteUnresolved = defineEvent(
  'RouteUnresolved',
  'route.unresolved',
  z.object({ waybillId: z.string(), carrierCode: z.string(), number: z.string(), reason: z.string() }),
);

const stockPayload = z.object({
  segmentId: z.string(),
  holder: z.string(),
  carrierCode: z.string(),
  /** Serials that no block holds yet. */
  left: z.number(),
  size: z.number(),
});
export const NumberSegmentLoaded = defineEvent('NumberSegmentLoaded', 'number_segment.loaded', stockPayload);
export const StockLow = defineEvent('StockLow', 'number_stock.low', stockPayload);
export const StockExhausted = defineEvent('StockExhausted', 'number_stock.exhausted', stockPayload);

export const WAYBILL_EVENTS: readonly EventType<never>[] = [
  WaybillIssued,
  WaybillUpdated,
  WaybillPrinted,
  WaybillReprinted,
  WaybillCancelled,
  WaybillExpired,
  WaybillActivated,
  WaybillClosed,
  WaybillIntercepting,
  WaybillIntercepted,
  WaybillInterceptionEnded,
  RouteResolved,
  RouteUnresolved,
  NumberSegmentLoaded,
  StockLow,
  StockExhausted,
] as unknown as readonly EventType<never>[];
