import type { KeyRing } from '../../platform/crypto/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import type {
  CountryCode,
  Id,
  Instant,
  OrganisationId,
  Outcome,
  PartyRef,
  PointId,
  Position,
} from '../kernel/index.ts';
import type { Order } from '../orders/index.ts';
import type { endDoorWindow, holdDoorWindow, listDoorWindows } from '../pickups/index.ts';
import type { BlockIndex, BlockKeys } from '../points/index.ts';
import type { RulebookKind } from '../rulebooks/index.ts';
import type { CoarsePlace } from '../shipments/index.ts';
import type { Vault } from '../vault/index.ts';
import type { NumberPort } from '../waybills/index.ts';
import type { ReturnId } from './model.ts';
import type { ReturnPolicy } from './rulebook.ts';

/** What a return needs to know of a point. */
export type CounterPoint = {
  readonly id: PointId;
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly kind: string;
  readonly services: readonly string[];
  readonly country: CountryCode;
  readonly city: string;
  readonly postcode?: string | undefined;
  readonly addressLines: readonly string[];
  readonly position: Position;
  readonly zone: string;
  readonly state: string;
  readonly testBehaviour?: string | undefined;
};

export type ReturnDemand = BlockKeys & {
  readonly service: 'return';
  readonly subject: { readonly kind: 'return'; readonly id: string };
  readonly clientPlatformId?: OrganisationId | undefined;
  readonly madeFor: OrganisationId;
  readonly country: CountryCode;
  readonly position: Position;
  readonly divisionCodes: readonly string[];
  readonly postcode?: string | undefined;
  readonly goodsClass: string;
  readonly weightGrams?: number | undefined;
  readonly parcels: number;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
};
export type PointOption = {
  readonly point: CounterPoint;
  readonly distanceMeters: number;
  readonly score: number;
  readonly hours: readonly Instant[];
};
export type HeldPlace = {
  readonly id: Id<'rsv'>;
  readonly organisationId: OrganisationId;
  readonly pointId: PointId;
  readonly startsAt: Instant;
};

/** Where demand is sent: options, places that are held for a while, and what really happened at counters. */
export type AllocationPort = {
  /** All of them go on where they have to and come back to the scope that they were called in. */
  listOptions(
    reading: Pick<Work, 'db' | 'now' | 'world' | 'actFor'>,
    demand: ReturnDemand,
    limit: number,
  ): Promise<readonly PointOption[]>;
  reserve(
    work: Work,
    demand: ReturnDemand,
    choice: { readonly pointId?: PointId; readonly startsAt?: Instant; readonly ttlMs: number },
  ): Promise<Outcome<HeldPlace>>;
  /** Nobody could take it: the operator sees where counters are missing. */
  recordUnserved(work: Work, demand: ReturnDemand): Promise<void>;
  release(work: Work, reservationId: Id<'rsv'>, reason: string): Promise<void>;
  recordIntake(
    work: Work,
    intake: {
      readonly pointId: PointId;
      readonly at: Instant;
      readonly returnId: ReturnId;
      readonly reservationId: Id<'rsv'> | undefined;
    },
  ): Promise<void>;
};

/** Windows in which couriers come to doors; of the pickups. */
export type DoorPort = {
  list: typeof listDoorWindows;
  hold: typeof holdDoorWindow;
  end: typeof endDoorWindow;
  /** The organisation that works as a carrier. */
  carrierOf(db: Queryable, carrierCode: string): Promise<OrganisationId | undefined>;
};

export type ReturnPorts = {
  readonly vault: Vault;
  readonly keyRing: KeyRing;
  readonly blocks: BlockIndex;
  readonly rulebook: RulebookKind<ReturnPolicy>;
  readonly points: {
    find(db: Queryable, id: string): Promise<CounterPoint | undefined>;
    worksAt(db: Queryable, caller: Principal, pointId: string): Promise<boolean>;
    /** Does it take returns that are brought then? */
    takesReturns(db: Queryable, id: string, at: Instant): Promise<boolean>;
  };
  readonly allocation: AllocationPort;
  readonly doors: DoorPort;
  readonly numbers: NumberPort;
  /** Where a merchant's orders are sent from when neither he nor the order says where goods come back to. */
  readonly defaultSender: (
    db: Queryable,
    organisationId: OrganisationId,
  ) => Promise<{ readonly ref: PartyRef; readonly place: CoarsePlace } | undefined>;
  /** Orders with this reference, newest first, in the network's scope. */
  readonly ordersOfReference: (db: Queryable, reference: string) => Promise<readonly Order[]>;
};
