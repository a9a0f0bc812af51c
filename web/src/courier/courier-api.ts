import type { PostroadClient } from '@postroad/sdk';
import type { CollectedParcel, FailureReason, RefusalReason, Report } from './tasks.ts';

type Reported = Report & {
  readonly delivery_id: string;
  readonly client_id: string;
  readonly occurred_at?: string;
  readonly photo_id?: string;
};
type ReportResult = { readonly outcome: string; readonly code?: string; readonly detail?: string };

/** What the queue asks of the server; each with the key of the record, so that it counts once. */
export type CourierApi = {
  uploadPhoto(photo: Blob, key: string): Promise<string>;
  report(reports: readonly Reported[]): Promise<readonly ReportResult[]>;
  moveRun(step: 'depart' | 'close', runId: string, key: string, at: string | undefined): Promise<void>;
  pickupState(pickupId: string): Promise<string>;
  step(step: 'acceptance' | 'departure' | 'handover', pickupId: string, key: string): Promise<void>;
  checkCode(pickupId: string, code: string): Promise<void>;
  collect(
    pickupId: string,
    parcels: readonly CollectedParcel[],
    key: string,
    at: string | undefined,
  ): Promise<void>;
  fail(pickupId: string, reason: FailureReason, key: string, at: string | undefined): Promise<void>;
  refuse(pickupId: string, reason: RefusalReason, key: string, at: string | undefined): Promise<void>;
};

const once = (key: string) => ({ 'idempotency-key': key });
const timed = (at: string | undefined) => (at === undefined ? {} : { occurred_at: at });
const ofPickup = (pickupId: string) => ({ path: { pickup_id: pickupId } });

export function courierApi(api: PostroadClient): CourierApi {
  return {
    uploadPhoto: async (photo, key) => {
      const proof = await api.post('/v1/proofs', {
        body: photo as never,
        bodySerializer: (body: unknown) => body as Blob,
        headers: { 'content-type': photo.type, ...once(key) },
      });
      return proof.id;
    },
    report: async (reports) => {
      const answer = await api.post('/v1/courier/delivery-reports', { body: { reports: [...reports] } });
      return answer.results;
    },
    moveRun: async (step, runId, key, at) => {
      const init = { params: { path: { run_id: runId } }, headers: once(key), body: timed(at) };
      if (step === 'depart') await api.post('/v1/delivery-runs/{run_id}/departure', init);
      else await api.post('/v1/delivery-runs/{run_id}/closure', init);
    },
    pickupState: async (pickupId) =>
      (await api.get('/v1/pickups/{pickup_id}', { params: ofPickup(pickupId) })).state,
    step: async (step, pickupId, key) => {
      const init = { params: ofPickup(pickupId), headers: once(key) };
      if (step === 'acceptance') await api.post('/v1/pickups/{pickup_id}/acceptance', init);
      else if (step === 'departure') await api.post('/v1/pickups/{pickup_id}/departure', init);
      else await api.post('/v1/pickups/{pickup_id}/handover', init);
    },
    checkCode: async (pickupId, code) => {
      await api.post('/v1/pickups/{pickup_id}/code-check', { params: ofPickup(pickupId), body: { code } });
    },
    collect: async (pickupId, parcels, key, at) => {
      const init = { params: ofPickup(pickupId), headers: once(key) };
      const body = { parcels: [...parcels], ...timed(at) };
      await api.post('/v1/pickups/{pickup_id}/collection', { ...init, body });
    },
    fail: async (pickupId, reason, key, at) => {
      const init = { params: ofPickup(pickupId), headers: once(key) };
      await api.post('/v1/pickups/{pickup_id}/failure', { ...init, body: { reason, ...timed(at) } });
    },
    refuse: async (pickupId, reason, key, at) => {
      const init = { params: ofPickup(pickupId), headers: once(key) };
      await api.post('/v1/pickups/{pickup_id}/refusal', { ...init, body: { reason, ...timed(at) } });
    },
  };
}
