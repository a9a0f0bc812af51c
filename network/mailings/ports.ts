import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import type { PointCandidates } from '../allocation/index.ts';
import type { LineCatalogue } from '../lines/index.ts';
import type { LineOffer, OfferRequest } from '../offers/index.ts';
import type { BlockIndex } from '../points/index.ts';
import type { Vault } from '../vault/index.ts';
import type { NumberPort } from '../waybills/index.ts';

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
  readonly blocks: BlockIndex;
  readonly lines: LineCatalogue;
  /** All points of a world, found by place. */
  readonly pointsOf: (world: World['name']) => PointCandidates;
  /** Ends in the scope of the asker. */
  readonly search: (reading: Reading, asker: Asker, request: OfferRequest) => Promise<Found>;
  readonly numbers: NumberPort;
};
