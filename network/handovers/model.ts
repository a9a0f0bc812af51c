import type { Catalogue, Id, Instant, OrganisationId, ParcelId, ShipmentId } from '../kernel/index.ts';

/** States of bags and handovers. Source: first-mile big bags of TOP (domain reference 2.2). */
export const HANDOVER_STATES = [
  'draft',
  'committed',
  'awaiting_pickup',
  'pickup',
  'pickup_failed',
  'arrived',
  'signed_normal',
  'signed_abnormal',
  'canceled',
] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** Source: handover types cainiao_pickup, self_post, self_send (domain reference 2.1), the first under our name. */
export const BATCH_KINDS = ['platform_pickup', 'self_post', 'self_send'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

/** Source: container 1 pallet, 2 bag or box, 3 loose (domain reference 2.1). */
export const CONTAINERS = ['pallet', 'bag', 'loose'] as const;
export type Container = (typeof CONTAINERS)[number];

/** Source: difference list of TOP imports (domain reference 2.2): 0 ok, 2 missing, 3 surplus, 5 other. */
export const DIFFERENCE_CODES = [0, 2, 3, 5] as const;
export type DifferenceCode = (typeof DIFFERENCE_CODES)[number];

export const ARRIVAL_ISSUES = ['damaged', 'label_unreadable', 'seal_broken', 'other'] as const;
export type ArrivalIssue = (typeof ARRIVAL_ISSUES)[number];

/** Source: parcels per commit <= 1000, per draft or update <= 200 (domain reference 2.1). */
export const PARCELS_PER_COMMIT = 1_000;
export const PARCELS_PER_UPDATE = 200;
/** A committed bag may be edited once: commit = complete (domain reference 2.1). */
export const COMPLETE = 2;

export type BagId = Id<'bag'>;
export type HandoverId = Id<'hnd'>;

type Shared = {
  readonly organisationId: OrganisationId;
  readonly clientPlatformId: OrganisationId | undefined;
  /** Of all its parcels; undefined while there are none, or when they go by several carriers. */
  readonly carrierId: OrganisationId | undefined;
  readonly warehouseId: OrganisationId | undefined;
  readonly version: number;
  readonly state: HandoverState;
  readonly goodsReadyAt: Instant | undefined;
  readonly parcelCount: number;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
};

export type Bag = Shared & {
  readonly id: BagId;
  readonly code: string;
  readonly container: Container;
  readonly handoverId: HandoverId | undefined;
  readonly commits: number;
  readonly hasEdits: boolean;
  readonly weightGrams: number | undefined;
};

export type Handover = Shared & {
  readonly id: HandoverId;
  readonly kind: BatchKind;
  readonly number: string;
  readonly carrierName: string | undefined;
  readonly trackingNumber: string | undefined;
  readonly reason: string | undefined;
};

export type Content = {
  readonly containerId: string;
  readonly parcelId: ParcelId;
  readonly shipmentId: ShipmentId;
  readonly number: string;
  readonly state: 'init' | 'inbound_normal' | 'inbound_abnormal';
};

export type Arrival = { readonly number: string; readonly issue: ArrivalIssue | undefined };

export type Difference = {
  readonly number: string;
  readonly code: DifferenceCode;
  readonly parcelId: ParcelId | undefined;
  /** Undefined for loose parcels and surplus ones. */
  readonly bagId: BagId | undefined;
  readonly issue: ArrivalIssue | undefined;
};

export const HANDOVER_ERRORS = {
  handover_state_conflict: {
    status: 409,
    title: 'The bag or handover is not in a state for this',
    advice: 'Read it; its state says what is possible.',
  },
  handover_empty: { status: 422, title: 'There is nothing in it', advice: 'Add parcels first.' },
  handover_too_large: {
    status: 422,
    title: 'More than 1,000 parcels',
    advice: 'Make another bag or handover.',
  },
  handover_bag_open: {
    status: 422,
    title: 'A bag is not committed',
    advice: 'Commit each bag, also after an edit, before the handover.',
  },
  bag_in_handover: {
    status: 409,
    title: 'The bag is part of another handover',
    advice: 'Take it out of that one first.',
  },
  bag_code_taken: { status: 409, title: 'You have a bag of this code', advice: 'Choose another code.' },
  parcel_in_another_bag: {
    status: 409,
    title: 'A parcel lies in another open bag or handover',
    advice: 'Take it out of that one first.',
  },
  parcel_not_to_hand_over: {
    status: 422,
    title: 'A parcel is not waiting for the warehouse',
    advice: 'Only parcels of paid shipments before the first warehouse can be handed over.',
  },
  handover_places_differ: {
    status: 422,
    title: 'The parcels go to several warehouses or carriers',
    advice: 'Make one bag and handover for each warehouse and, for a pickup, each carrier.',
  },
} as const satisfies Catalogue;
export type HandoverErrorCode = keyof typeof HANDOVER_ERRORS;
