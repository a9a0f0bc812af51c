import type { components, paths } from '@postroad/sdk';
import type { MailingIntake, MailingRefusal } from '../field/mailing-intake.ts';
import type { Timed } from '../field/sending.ts';

export type Point = components['schemas']['Point'];
export type ShelfParcel = components['schemas']['ShelfParcel'];
export type CounterReturn = components['schemas']['CounterReturn'];
export type TakenReturn = components['schemas']['TakenReturn'];
export type MailingDuties = components['schemas']['MailingDuties'];
export type TakenMailing = components['schemas']['TakenMailing'];
export type SyncConflict = components['schemas']['SyncConflict'];
export type Conflict = NonNullable<SyncConflict['conflict']>;
export type DeviceAction = components['schemas']['DeviceAction'];
type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody: { content: { 'application/json': infer Json } } };
}
  ? Json
  : never;
export type SetAsideReason = Body<'/v1/shelf-parcels/{shelf_parcel_id}/return'>['reason'];
export type Problem = Body<'/v1/shelf-parcels/{shelf_parcel_id}/exception'>['exception'];
export type Resolution = Body<'/v1/shelf-parcels/{shelf_parcel_id}/resolution'>['resolution'];
export type Intake = Omit<Body<'/v1/returns/{return_id}/intake'>, 'picture_ids' | 'occurred_at'>;
export type UnreadReturn = components['schemas']['UnreadReturn'];
export type UnreadGoods = Omit<
  components['schemas']['UnreadReturnIntake'],
  'client_id' | 'device_id' | 'device_time' | 'occurred_at'
>;
/** Documents that a counter looks at before it takes goods. */
export const DOCUMENTS = ['identity_card', 'passport', 'driving_licence'] as const;
export type Finding = Intake['items'][number]['finding'];
export type TurnAwayReason = Body<'/v1/returns/{return_id}/counter-refusal'>['reason'];
export type HandOutWay = NonNullable<DeviceAction['way']>;

/** What this device did at a counter, as the server synchronises it. */
type Counted = Omit<DeviceAction, 'client_id' | 'occurred_at'>;
type CountedTask<Kind extends Counted['kind']> = {
  readonly kind: Kind;
  readonly pointId: string;
  readonly deviceId: string;
  readonly action: Counted & { readonly kind: Kind };
};

/** What somebody at a counter can do without a network. */
export type PointTask = Timed &
  (
    | CountedTask<'store'>
    | CountedTask<'hand_out'>
    | CountedTask<'wrong_code'>
    | CountedTask<'undo'>
    | { readonly kind: 'move'; readonly parcelId: string; readonly place: string }
    | { readonly kind: 'report'; readonly parcelId: string; readonly problem: Problem }
    | { readonly kind: 'resolve'; readonly parcelId: string; readonly resolution: Resolution }
    | { readonly kind: 'set_aside'; readonly parcelId: string; readonly reason: SetAsideReason }
    | { readonly kind: 'send_back'; readonly parcelId: string }
    | {
        readonly kind: 'take_return';
        readonly returnId: string;
        readonly pointId: string;
        /** What the buyer showed: it opens the case again when the visit is over by the time there is a network. */
        readonly code: string;
        readonly intake: Intake;
        readonly photos: readonly Blob[];
        /** Of photos that the server has already. */
        readonly pictureIds: readonly string[];
      }
    | {
        readonly kind: 'turn_away';
        readonly returnId: string;
        readonly pointId: string;
        readonly code: string;
        readonly reason: TurnAwayReason;
      }
    | {
        /** Goods of a buyer whose code could not be read without a network. */
        readonly kind: 'take_unread';
        readonly pointId: string;
        readonly deviceId: string;
        readonly goods: UnreadGoods;
        readonly photos: readonly Blob[];
        /** As the server has it, once it knows. */
        readonly unread?: { readonly id: string; readonly isMatched: boolean };
      }
    | { readonly kind: 'hand_over'; readonly pointId: string; readonly returnId: string }
    | {
        readonly kind: 'take_mailing';
        readonly mailingId: string;
        readonly pointId: string;
        readonly code: string;
        readonly intake: MailingIntake;
      }
    | {
        readonly kind: 'turn_mailing_away';
        readonly mailingId: string;
        readonly pointId: string;
        readonly code: string;
        readonly reason: MailingRefusal;
      }
    | { readonly kind: 'hand_over_mailing'; readonly pointId: string; readonly mailingId: string }
  );
export type PointTaskOf<Kind extends PointTask['kind']> = Extract<PointTask, { kind: Kind }>;
/** Those that go to the server in one list, each counted once. */
export type DeviceTask = PointTaskOf<'store' | 'hand_out' | 'wrong_code' | 'undo'>;
