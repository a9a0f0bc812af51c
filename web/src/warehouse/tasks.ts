import type { components, paths } from '@postroad/sdk';
import type { Timed } from '../field/sending.ts';

export type Shipment = components['schemas']['Shipment'];
export type Handover = components['schemas']['Handover'];
export type HandoverList = components['schemas']['HandoverList'];
type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Json } } };
}
  ? Json
  : never;
type Arrivals = Body<'/v1/handovers/{handover_id}/arrival-scans'>;

export type ArrivalIssue = NonNullable<Arrivals['scans'][number]['issue']>;
export type Weighed = Body<'/v1/shipments/{shipment_id}/inbound'>['parcels'][number];
export type Rejection = Body<'/v1/shipments/{shipment_id}/inbound-rejection'>['reason'];
export type OutboundFailure = Body<'/v1/shipments/{shipment_id}/outbound-failure'>['reason'];

type Photographed = { readonly photo?: Blob | undefined; readonly photoId?: string };

/** What somebody in a warehouse can do without a network. */
export type WarehouseTask = Timed &
  (
    | {
        readonly kind: 'arrive';
        readonly handoverId: string;
        readonly number: string;
        readonly issue?: ArrivalIssue | undefined;
      }
    | { readonly kind: 'sign'; readonly handoverId: string }
    | { readonly kind: 'inbound'; readonly shipmentId: string; readonly parcels: readonly Weighed[] }
    | ({ readonly kind: 'reject'; readonly shipmentId: string; readonly reason: Rejection } & Photographed)
    | ({
        readonly kind: 'fail_outbound';
        readonly shipmentId: string;
        readonly reason: OutboundFailure;
      } & Photographed)
    | { readonly kind: 'outbound' | 'dispatch'; readonly shipmentId: string }
  );
export type WarehouseTaskOf<Kind extends WarehouseTask['kind']> = Extract<WarehouseTask, { kind: Kind }>;
