import type { CountryCode, Instant, Position } from '../kernel/index.ts';
import type { Milestone, ScanId } from '../tracking/index.ts';

/** Coarse geography, never a street. */
export type FactPlace = {
  readonly country: CountryCode;
  readonly city?: string | undefined;
  readonly postcode?: string | undefined;
  /** The middle of the city or postcode; absent where nothing sharper than a country is known. */
  readonly position?: Position | undefined;
};

/** A scan as far as a judge needs it. Corrected scans are left out. */
export type FactScan = {
  readonly id: ScanId;
  readonly milestone: Milestone | 'unmapped';
  readonly occurredAt: Instant;
  /** False: `occurredAt` may be off by as much as zones are (UTC-12 to UTC+14). */
  readonly zoneKnown: boolean;
  readonly source: string;
  /** By the rules of the order's marketplace; the others are hearsay. */
  readonly recognised: boolean;
  /** It cannot be true as far as is known, and moved nothing; absent in facts that were stored before this was told. */
  readonly quarantined?: true | undefined;
  readonly place?: FactPlace | undefined;
  /** What the source says that the parcel weighed; absent: it does not say. */
  readonly weightGrams?: number | undefined;
};

/** What a buyer of the number's parcel said; the kinds are those of the buyer's page. */
export type BuyerReport = { readonly kind: string; readonly reportedAt: Instant };

/** Another declaration of the same carrier and number. `sameBuyer`: for the same recipient, as far as known. */
export type OtherClaim = {
  readonly externalShipmentId: string;
  readonly organisationId: string;
  readonly sameBuyer: boolean;
  /** Equal keys are one buyer; for counting buyers. */
  readonly buyerKey: string;
  readonly declaredAt: Instant;
  readonly withdrawnAt?: Instant | undefined;
};

/** Whose parcel the number leads to: the merchant's, somebody else's, or nobody's beyond its scans. */
export type NumberHolder = 'own' | 'other' | 'nobody';
/** What our own stock says of the number. */
export type NumberPool = 'not_ours' | 'unused' | 'cancelled' | 'in_use';
export type NumberCheck = 'holds' | 'fails' | 'no_format';

/**
 * All that is known of a declared number at a moment. References, codes and coarse places only: it is stored with the
 * verdict, so that the verdict can be explained and another version of the rules tried on it.
 */
export type DeclarationFacts = {
  readonly at: Instant;
  readonly declaration: {
    readonly externalShipmentId: string;
    readonly declaredAt: Instant;
    /** When this number was named; later than the declaration after a correction. */
    readonly numberDeclaredAt: Instant;
    /** When the merchant says that it left. */
    readonly shippedAt?: Instant | undefined;
    readonly carrierCode: string;
    readonly carrierKind?: 'online_delivery' | 'post' | 'express' | 'aggregator' | undefined;
    readonly number: string;
    readonly serviceName?: string | undefined;
    readonly shipFrom?: CountryCode | undefined;
    /** What the merchant says that the parcel weighs. */
    readonly weightGrams?: number | undefined;
    /** More follows, or has gone before: what this parcel weighs says nothing about the order. */
    readonly isPart?: true | undefined;
    /** When the pair of carrier and number was changed, if it was. */
    readonly correctedAt?: Instant | undefined;
    /** First recognised scan of the number that was declared before; absent: it never had one. */
    readonly replacedNumberScannedAt?: Instant | undefined;
  };
  readonly order: {
    readonly placedAt: Instant;
    readonly paidAt?: Instant | undefined;
    readonly to: FactPlace;
    readonly weightGrams?: number | undefined;
  };
  readonly claims: readonly OtherClaim[];
  readonly holder: NumberHolder;
  readonly pool: NumberPool;
  readonly numberCheck: NumberCheck;
  readonly scans: readonly FactScan[];
  /** Of the merchant's own parcel alone. */
  readonly reports?: readonly BuyerReport[] | undefined;
};
