import type { PostroadClient } from '@postroad/sdk';
import type { ArrivalIssue, OutboundFailure, Rejection, Weighed } from './tasks.ts';

type Scan = { readonly number: string; readonly issue?: ArrivalIssue };

/** What the queue asks of the server; each with the key of the record, so that it counts once. */
export type WarehouseApi = {
  arrive(handoverId: string, scans: readonly Scan[], key: string): Promise<void>;
  sign(handoverId: string, key: string): Promise<void>;
  uploadPhoto(shipmentId: string, photo: Blob, key: string): Promise<string>;
  inbound(id: string, parcels: readonly Weighed[], key: string, at: string | undefined): Promise<void>;
  reject(id: string, why: Why<Rejection>, key: string, at: string | undefined): Promise<void>;
  failOutbound(id: string, why: Why<OutboundFailure>, key: string, at: string | undefined): Promise<void>;
  move(step: 'outbound' | 'dispatch', id: string, key: string, at: string | undefined): Promise<void>;
};
export type Why<Reason> = { readonly reason: Reason; readonly photoId: string | undefined };

const timed = (at: string | undefined) => (at === undefined ? {} : { occurred_at: at });
const evidence = (photoId: string | undefined) => (photoId === undefined ? {} : { evidence: photoId });

export function warehouseApi(api: PostroadClient): WarehouseApi {
  const handover = (id: string, key: string) => ({
    params: { path: { handover_id: id } },
    headers: { 'idempotency-key': key },
  });
  const shipment = (id: string, key: string) => ({
    params: { path: { shipment_id: id } },
    headers: { 'idempotency-key': key },
  });
  return {
    arrive: async (id, scans, key) => {
      const body = { scans: [...scans] };
      await api.post('/v1/handovers/{handover_id}/arrival-scans', { ...handover(id, key), body });
    },
    sign: async (id, key) => {
      await api.post('/v1/handovers/{handover_id}/signature', handover(id, key));
    },
    uploadPhoto: async (id, photo, key) => {
      const { params, headers } = shipment(id, key);
      const proof = await api.post('/v1/shipments/{shipment_id}/photos', {
        params,
        body: photo as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'content-type': photo.type, ...headers },
      });
      return proof.id;
    },
    inbound: async (id, parcels, key, at) => {
      const body = { parcels: [...parcels], ...timed(at) };
      await api.post('/v1/shipments/{shipment_id}/inbound', { ...shipment(id, key), body });
    },
    reject: async (id, { reason, photoId }, key, at) => {
      const body = { reason, ...evidence(photoId), ...timed(at) };
      await api.post('/v1/shipments/{shipment_id}/inbound-rejection', { ...shipment(id, key), body });
    },
    failOutbound: async (id, { reason, photoId }, key, at) => {
      const body = { reason, ...evidence(photoId), ...timed(at) };
      await api.post('/v1/shipments/{shipment_id}/outbound-failure', { ...shipment(id, key), body });
    },
    move: async (step, id, key, at) => {
      const init = { ...shipment(id, key), body: timed(at) };
      if (step === 'outbound') await api.post('/v1/shipments/{shipment_id}/outbound', init);
      else await api.post('/v1/shipments/{shipment_id}/dispatch', init);
    },
  };
}
