import type { components, paths } from '@postroad/sdk';
import type { Timed } from '../field/sending.ts';

export type Stop = components['schemas']['DeliveryStop'];
export type Delivery = components['schemas']['Delivery'];
export type Run = components['schemas']['DeliveryRun'];
export type Pickup = components['schemas']['Pickup'];
type ReportBatch =
  paths['/v1/courier/delivery-reports']['post']['requestBody']['content']['application/json'];
type Collection =
  paths['/v1/pickups/{pickup_id}/collection']['post']['requestBody']['content']['application/json'];

/** What a courier says happened at a door, without what the device adds. */
export type Report = Omit<
  ReportBatch['reports'][number],
  'delivery_id' | 'client_id' | 'occurred_at' | 'photo_id'
>;
export type CollectedParcel = Collection['parcels'][number];
export type FailureReason =
  paths['/v1/pickups/{pickup_id}/failure']['post']['requestBody']['content']['application/json']['reason'];
export type RefusalReason =
  paths['/v1/pickups/{pickup_id}/refusal']['post']['requestBody']['content']['application/json']['reason'];

/** What a courier can do without a network. */
export type CourierTask = Timed &
  (
    | {
        readonly kind: 'report';
        readonly deliveryId: string;
        readonly report: Report;
        readonly photo?: Blob | undefined;
        /** The photo as the server knows it, once it is there. */
        readonly photoId?: string;
      }
    | { readonly kind: 'depart' | 'close'; readonly runId: string }
    | { readonly kind: 'set_out' | 'hand_over'; readonly pickupId: string }
    | {
        readonly kind: 'collect';
        readonly pickupId: string;
        readonly code: string;
        readonly parcels: readonly CollectedParcel[];
      }
    | { readonly kind: 'fail'; readonly pickupId: string; readonly reason: FailureReason }
    | { readonly kind: 'refuse'; readonly pickupId: string; readonly reason: RefusalReason }
  );
export type ReportTask = Extract<CourierTask, { kind: 'report' }>;
