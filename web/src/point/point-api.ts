import type { components, PostroadClient } from '@postroad/sdk';
import type { MailingIntake, MailingRefusal } from '../field/mailing-intake.ts';
import type {
  DeviceAction,
  Intake,
  Problem,
  Resolution,
  SetAsideReason,
  TurnAwayReason,
  UnreadGoods,
} from './tasks.ts';

export type SyncResult = components['schemas']['DeviceSync']['results'][number];

/** What the queue asks of the server; all but the synchronisation with the key of the record, so that it counts once. */
export type PointApi = {
  sync(pointId: string, deviceId: string, actions: readonly DeviceAction[]): Promise<readonly SyncResult[]>;
  move(parcelId: string, place: string, key: string): Promise<void>;
  report(parcelId: string, problem: Problem, key: string): Promise<void>;
  resolve(parcelId: string, resolution: Resolution, key: string): Promise<void>;
  setAside(parcelId: string, reason: SetAsideReason, key: string): Promise<void>;
  sendBack(parcelId: string, key: string): Promise<void>;
  openReturn(pointId: string, code: string): Promise<void>;
  uploadPicture(returnId: string, photo: Blob, key: string): Promise<string>;
  takeReturn(returnId: string, intake: TimedIntake, key: string): Promise<void>;
  turnAway(returnId: string, reason: TurnAwayReason, key: string): Promise<void>;
  openMailing(pointId: string, code: string): Promise<void>;
  takeMailing(mailingId: string, intake: MailingIntake, key: string): Promise<void>;
  turnMailingAway(mailingId: string, reason: MailingRefusal, key: string): Promise<void>;
  recordUnread(
    pointId: string,
    deviceId: string,
    goods: UnreadGoods & { readonly client_id: string; readonly occurred_at: string },
  ): Promise<{ readonly id: string; readonly isMatched: boolean }>;
  uploadUnreadPicture(unreadId: string, photo: Blob, key: string): Promise<void>;
  /** Answers the code of a refusal. */
  handOver(pointId: string, returnId: string, key: string): Promise<string | undefined>;
  handOverMailing(pointId: string, mailingId: string, key: string): Promise<string | undefined>;
};
export type TimedIntake = Intake & { readonly picture_ids: string[]; readonly occurred_at?: string };

const pictureOf = (photo: Blob, headers: Readonly<Record<string, string>>) => ({
  body: photo as never,
  bodySerializer: (body: unknown) => body as Blob,
  headers: { 'content-type': photo.type, ...headers },
});

export function pointApi(api: PostroadClient): PointApi {
  const parcel = (id: string, key: string) => ({
    params: { path: { shelf_parcel_id: id } },
    headers: { 'idempotency-key': key },
  });
  const goods = (id: string, key: string) => ({
    params: { path: { return_id: id } },
    headers: { 'idempotency-key': key },
  });
  const mailing = (id: string, key: string) => ({
    params: { path: { mailing_id: id } },
    headers: { 'idempotency-key': key },
  });
  return {
    sync: async (pointId, deviceId, actions) => {
      const params = { path: { point_id: pointId } };
      const body = {
        ...{ device_id: deviceId, actions: [...actions] },
        // What a wrong clock showed is put right by what it shows now.
        device_time: new Date().toISOString(),
      };
      return (await api.post('/v1/points/{point_id}/sync', { params, body })).results;
    },
    move: async (id, place, key) => {
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/place', { ...parcel(id, key), body: { place } });
    },
    report: async (id, exception, key) => {
      const body = { exception };
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/exception', { ...parcel(id, key), body });
    },
    resolve: async (id, resolution, key) => {
      const body = { resolution };
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/resolution', { ...parcel(id, key), body });
    },
    setAside: async (id, reason, key) => {
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/return', { ...parcel(id, key), body: { reason } });
    },
    sendBack: async (id, key) => {
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/send-back', { ...parcel(id, key), body: {} });
    },
    openReturn: async (pointId, code) => {
      await api.post('/v1/return-codes/lookup', { body: { point_id: pointId, code } });
    },
    uploadPicture: async (id, photo, key) => {
      const { params, headers } = goods(id, key);
      const picture = await api.post('/v1/returns/{return_id}/counter-pictures', {
        params,
        ...pictureOf(photo, headers),
      });
      return picture.id;
    },
    recordUnread: async (pointId, deviceId, goods) => {
      const { id, state } = await api.post('/v1/points/{point_id}/unread-returns', {
        params: { path: { point_id: pointId } },
        body: { device_id: deviceId, ...goods, device_time: new Date().toISOString() },
      });
      return { id, isMatched: state !== 'open' };
    },
    uploadUnreadPicture: async (id, photo, key) => {
      await api.post('/v1/unread-returns/{unread_id}/pictures', {
        params: { path: { unread_id: id } },
        ...pictureOf(photo, { 'idempotency-key': key }),
      });
    },
    takeReturn: async (id, intake, key) => {
      await api.post('/v1/returns/{return_id}/intake', { ...goods(id, key), body: intake });
    },
    turnAway: async (id, reason, key) => {
      await api.post('/v1/returns/{return_id}/counter-refusal', { ...goods(id, key), body: { reason } });
    },
    openMailing: async (pointId, code) => {
      await api.post('/v1/mailing-codes/lookup', { body: { point_id: pointId, code } });
    },
    takeMailing: async (id, intake, key) => {
      await api.post('/v1/mailings/{mailing_id}/intake', { ...mailing(id, key), body: intake });
    },
    turnMailingAway: async (id, reason, key) => {
      const body = { reason };
      await api.post('/v1/mailings/{mailing_id}/counter-refusal', { ...mailing(id, key), body });
    },
    handOverMailing: async (pointId, mailingId, key) => {
      const answer = await api.post('/v1/points/{point_id}/mailing-handovers', {
        params: { path: { point_id: pointId } },
        headers: { 'idempotency-key': key },
        body: { mailing_ids: [mailingId] },
      });
      return answer.results.find((one) => one.outcome === 'refused')?.code;
    },
    handOver: async (pointId, returnId, key) => {
      const answer = await api.post('/v1/return-handovers', {
        headers: { 'idempotency-key': key },
        body: { point_id: pointId, return_ids: [returnId] },
      });
      return answer.results.find((one) => one.outcome === 'refused')?.code;
    },
  };
}
