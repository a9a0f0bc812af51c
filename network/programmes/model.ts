import type {
  Catalogue,
  CountryCode,
  Currency,
  Id,
  Instant,
  OrganisationId,
  ShipmentId,
} from '../kernel/index.ts';
import type { ServiceClass } from '../lines/index.ts';

export type ProgrammeId = Id<'prg'>;

/**
 * What a marketplace pays for its merchants, e.g. free shipping. Empty `lineCodes`, `serviceClasses` and
 * `destinations` leave that open; lines and classes are alternatives, so a line that is named needs no class.
 * Amounts are minor units of `currency`. `budgetMinor` bounds `spentMinor` for ever.
 */
export type Programme = {
  readonly id: ProgrammeId;
  readonly organisationId: OrganisationId;
  readonly name: string;
  readonly lineCodes: readonly string[];
  readonly serviceClasses: readonly ServiceClass[];
  readonly destinations: readonly CountryCode[];
  readonly shareBasisPoints: number;
  readonly currency: Currency;
  readonly maxPerParcelMinor: number | undefined;
  readonly budgetMinor: number;
  readonly spentMinor: number;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
  readonly openedAt: Instant;
};

/** One shipment that a programme pays for: reserved at purchase, then settled by the charge, or released. */
export type ProgrammeUse = {
  readonly organisationId: OrganisationId;
  readonly shipmentId: ShipmentId;
  readonly programmeId: ProgrammeId;
  readonly merchantId: OrganisationId;
  readonly reservedMinor: number;
  readonly usedMinor: number;
  readonly state: 'reserved' | 'settled' | 'released';
  readonly reservedAt: Instant;
  readonly closedAt: Instant | undefined;
};

export const PROGRAMME_ERRORS = {
  programme_unknown: {
    status: 422,
    title: 'Your marketplace has no such programme',
    advice: 'Take a programme_id from GET /v1/programmes, or leave it out and pay yourself.',
  },
  programme_not_applicable: {
    status: 422,
    title: 'The programme does not pay for this',
    advice: 'Look at its lines, classes, destinations, currency and dates; or leave programme_id out.',
  },
  programme_budget_exhausted: {
    status: 422,
    title: "The programme's budget is used up",
    advice: 'Buy without programme_id, or ask your marketplace.',
  },
  programme_invalid: {
    status: 422,
    title: 'The programme cannot be opened like this',
    advice: 'Each entry of errors names one field.',
  },
  programme_ended: {
    status: 409,
    title: 'The programme has ended',
    advice: 'Open another one.',
  },
} as const satisfies Catalogue;
export type ProgrammeErrorCode = keyof typeof PROGRAMME_ERRORS;
