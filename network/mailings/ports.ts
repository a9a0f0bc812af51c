import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { PointCandidates } from '../allocation/index.ts';
import type { OrganisationId, Outcome, ParcelId, PartyRef, WaybillId } from '../kernel/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import type { LineOffer, OfferRequest } from '../offers/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';
import type { Vault } from '../vault/index.ts';

export type NumberRequest = {
  readonly organisationId: OrganisationId;
  /** The thing that is numbered; the same again has the same number. */
  readonly objectId: string;
  readonly orderRefs: readonly string[];
  readonly carrierCode: string;
  readonly senderRef: PartyRef;
  readonly recipientRef: PartyRef;
  readonly from: CoarsePlace;
  readonly to: CoarsePlace;
  readonly weightGrams: number;
};
export type NumberPort = {
  /** Before the transaction: are there numbers of this carrier for the owner? */
  ensure(world: World, organisationId: OrganisationId, carrierCode: string): Promise<Outcome<undefined>>;
  issue(
    work: Work,
    request: NumberRequest,
  ): Promise<
    Outcome<{ readonly waybillId: WaybillId; readonly parcelId: ParcelId; readonly number: string }>
  >;
  /** The label of a waybill as PDF; the print is counted. */
  label(
    world: World,
    organisationId: OrganisationId,
    waybillId: WaybillId,
    printedBy: string,
  ): Promise<Outcome<Uint8Array>>;
};

/** What carries a parcel, best first, each with the tags of its line; and why the other lines do not. */
export type Found = {
  readonly offers: readonly { readonly offer: LineOffer; readonly tags: readonly string[] }[];
  readonly refused: readonly {
    readonly lineCode: string;
    readonly reasons: readonly { readonly code: string; readonly message: string }[];
  }[];
};
/** Who asks for a price; lines of carriers on trial are shared out by it. */
export type Asker = Pick<Principal, 'organisationId' | 'clientPlatformId'>;
export type Reading = Pick<Work, 'db' | 'now' | 'world' | 'actFor'>;

export type MailingPorts = {
  readonly vault: Vault;
  readonly keyRing: KeyRing;
  readonly lines: LineCatalogue;
  /** All points of a world, found by place. */
  readonly pointsOf: (world: World['name']) => PointCandidates;
  /** Ends in the scope of the asker. */
  readonly search: (reading: Reading, asker: Asker, request: OfferRequest) => Promise<Found>;
  readonly numbers: NumberPort;
};
