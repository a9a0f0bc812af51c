import type { Catalogue, Currency, Instant, Money } from '../kernel/index.ts';
import type { ZoneSubject } from '../places/index.ts';

export const SERVICE_CLASSES = ['ECONOMY', 'SIMPLE', 'STANDARD', 'FAST'] as const;
/**
 * Class of a line, cheapest first: economy without registration, simple with key milestones only, standard tracked,
 * fast by express (source: AliExpress line classes, domain reference 3.2).
 */
export type ServiceClass = (typeof SERVICE_CLASSES)[number];

export const GOODS_CLASSES = [
  'normal',
  'battery_contained',
  'battery_only',
  'cosmetics_non_liquid',
  'liquid',
  'powder',
  'magnetic',
  'special',
  'breakable',
] as const;
/** What is inside, as lines allow or refuse it (source: declared product flags of AliExpress, domain reference 4.4). */
export type GoodsClass = (typeof GOODS_CLASSES)[number];

export const HANDOVER_CHOICES = ['door_pickup', 'drop_off', 'self_post'] as const;
/** How a parcel comes into the line: our courier, the sender's own way to a point, or by a domestic carrier. */
export type HandoverChoice = (typeof HANDOVER_CHOICES)[number];

export const LEG_KINDS = [
  'pickup',
  'first_mile',
  'warehouse',
  'export_customs',
  'line_haul',
  'import_customs',
  'last_mile',
] as const;
export type LegKind = (typeof LEG_KINDS)[number];

/** One end of a journey, as much of it as is known; every address of `places` is one. */
export type Place = ZoneSubject;

/**
 * A set of places inside one country (`*`: any country). Without divisions, prefixes and ranges the whole country.
 * `divisions`: codes as `places` uses them (in CN everything inside too). Ranges are inclusive, their bounds of equal
 * length, compared with as many leading signs of the postcode.
 */
export type Area = {
  readonly country: string;
  readonly divisions?: readonly string[] | undefined;
  readonly postcodePrefixes?: readonly string[] | undefined;
  readonly postcodeRanges?: readonly { readonly from: string; readonly to: string }[] | undefined;
};

/** Named set of places of a zone table; regions of one `group` are neighbours. */
export type Region = {
  readonly code: string;
  readonly group?: string | undefined;
  readonly areas: readonly Area[];
};

/**
 * From two places to a price zone. `by_destination`: the zone is the code of the destination's region. `by_pair`:
 * same region, else same group, else the pair of groups (`NORTH>SOUTH`), else `otherwise`; none of these: no zone.
 */
export type ZoneTable = {
  readonly regions: readonly Region[];
  readonly rule:
    | { readonly kind: 'by_destination' }
    | {
        readonly kind: 'by_pair';
        readonly sameRegion: string;
        readonly sameGroup: string;
        readonly groupPairs: Readonly<Record<string, string>>;
        readonly otherwise?: string | undefined;
      };
};

/** Days are decimal: 0.5 is twelve hours. */
export type Leg = {
  readonly kind: LegKind;
  readonly carrierCode: string;
  readonly facilityCode?: string | undefined;
  readonly p50Days: number;
  readonly p90Days: number;
};

/** Outer limits of one parcel; an absent limit does not exist. Values equal to a limit are allowed. */
export type Limits = {
  readonly minWeightGrams?: number | undefined;
  readonly maxWeightGrams: number;
  readonly maxSideMm?: number | undefined;
  readonly maxSumOfSidesMm?: number | undefined;
  readonly maxLengthPlusGirthMm?: number | undefined;
  readonly maxVolumeMm3?: number | undefined;
  /** Refuse parcels whose size is unknown. */
  readonly dimensionsRequired?: boolean | undefined;
  readonly maxDeclaredValue?: Money | undefined;
  readonly postcodeRequired?: boolean | undefined;
};

/**
 * When volume counts. Divisors are cm3 per kg (source: 6000 postal and SF, 5000 air express, 8000 some lines,
 * domain reference 2.5). Only `max` keeps the price from falling as weight grows: the other two are cliffs that
 * real tariffs have.
 */
export type VolumetricRule =
  | { readonly kind: 'none' }
  | { readonly kind: 'max'; readonly divisor: number }
  | { readonly kind: 'if_over_actual'; readonly divisor: number; readonly times: number }
  | { readonly kind: 'if_side_over'; readonly divisor: number; readonly sideMm: number };

/** All amounts in minor units of the table's currency. Each zone of the zone table that is priced has one row. */
export type RateSheet =
  | {
      readonly kind: 'first_and_step';
      readonly rates: readonly {
        readonly zone: string;
        readonly firstGrams: number;
        readonly firstMinor: number;
        readonly stepGrams: number;
        readonly stepMinor: number;
      }[];
    }
  | {
      readonly kind: 'per_gram';
      readonly roundUpToGrams: number;
      readonly minimumGrams: number;
      readonly rates: readonly {
        readonly zone: string;
        readonly registrationMinor: number;
        /** Millionths of a minor unit per gram: CNY 90 per kg is 9 fen per gram = 9,000,000. */
        readonly microsPerGram: number;
      }[];
    }
  | {
      readonly kind: 'bands';
      readonly rates: readonly {
        readonly zone: string;
        /** Ascending; the first band that holds the weight is the price. */
        readonly bands: readonly { readonly upToGrams: number; readonly amountMinor: number }[];
      }[];
    };

/** Additions to the freight. Rates are basis points (1/100 of a percent), amounts minor units of the table. */
export type Surcharge =
  | { readonly type: 'remote'; readonly areas: readonly Area[]; readonly amountMinor: number }
  | { readonly type: 'fuel'; readonly rateBp: number }
  | { readonly type: 'battery'; readonly amountMinor: number }
  | { readonly type: 'oversize'; readonly sideOverMm: number; readonly amountMinor: number }
  | { readonly type: 'peak'; readonly from: Instant; readonly to: Instant; readonly amountMinor: number }
  | { readonly type: 'redelivery'; readonly freeAttempts: number; readonly amountMinor: number }
  | { readonly type: 'return'; readonly rateBp: number }
  | { readonly type: 'storage'; readonly freeDays: number; readonly amountMinorPerDay: number }
  | { readonly type: 'cod'; readonly rateBp: number; readonly minimumMinor: number }
  | { readonly type: 'insurance'; readonly rateBp: number; readonly minimumMinor: number };

/**
 * A dated tariff. Valid from `validFrom` (inclusive) to `validTo` (exclusive); never deleted: a new tariff ends the
 * old one. Selling tables are what the payer is charged, buying tables what the carrier charges us.
 */
export type PriceTable = {
  readonly code: string;
  readonly currency: Currency;
  readonly validFrom: Instant;
  readonly validTo?: Instant | undefined;
  readonly zones: ZoneTable;
  readonly sheet: RateSheet;
  readonly surcharges: readonly Surcharge[];
};

/** `*` stands for every country; an exact country wins over it. `kind` names the tax, e.g. `vat`, `gst`, `icms_none`. */
export type TaxRate = {
  readonly kind: string;
  readonly origin: string;
  readonly destination: string;
  readonly rateBp: number;
  readonly from: Instant;
  readonly to?: Instant | undefined;
};

/** What is paid when a promise is broken; never more than `cap`. */
export type Guarantee = {
  readonly rule:
    | { readonly kind: 'fixed'; readonly amount: Money }
    | { readonly kind: 'percent_of_order'; readonly rateBp: number };
  readonly cap: Money;
};

/**
 * The line's words about time. ESTIMATE binds nobody, PROMISE is a deadline (source: timing_type of the Cainiao
 * solution inquiry). Days are counted in `zone`; what is handed over at or after `cutOff` (`HH:MM`) counts from the
 * next day. `days` by price zone, `*` for all others.
 */
export type LinePromise = {
  readonly kind: 'ESTIMATE' | 'PROMISE';
  readonly dayKind: 'calendar' | 'working';
  readonly zone: string;
  readonly weekend: readonly number[];
  readonly holidays: readonly string[];
  readonly cutOff: string;
  readonly days: readonly { readonly zone: string; readonly minDays: number; readonly maxDays: number }[];
  readonly guarantee?: Guarantee | undefined;
};

export type Incoterm = 'DDP' | 'DAP';

/** What a declaration over this line must carry; `taxIds` by country of destination, e.g. CPF for BR. */
export type CustomsNeeds = {
  readonly hs6: boolean;
  readonly incoterms: readonly Incoterm[];
  readonly taxIds: readonly { readonly country: string; readonly kind: string }[];
};

/** A service line: the product that a merchant buys. */
export type ServiceLine = {
  readonly code: string;
  readonly names: { readonly en: string; readonly zh: string };
  readonly carrierCode: string;
  readonly serviceClass: ServiceClass;
  /** Online delivery: arranged and vetted by the platform, tracked from the warehouse on. */
  readonly online: boolean;
  /** Names that rulebooks use for a family of lines, e.g. `platform_standard`, `epacket`. */
  readonly tags: readonly string[];
  readonly origins: readonly Area[];
  readonly destinations: readonly Area[];
  readonly unserved: readonly Area[];
  readonly legs: readonly Leg[];
  readonly limits: Limits;
  readonly goodsClasses: readonly GoodsClass[];
  readonly volumetric: VolumetricRule;
  readonly selling: readonly PriceTable[];
  readonly buying: readonly PriceTable[];
  readonly taxes: readonly TaxRate[];
  readonly promise: LinePromise;
  readonly handover: readonly HandoverChoice[];
  readonly customs?: CustomsNeeds | undefined;
  readonly validFrom: Instant;
  readonly validTo?: Instant | undefined;
};

export const LINE_ERRORS = {
  line_invalid: {
    status: 422,
    title: 'This line cannot be published',
    advice: 'Each entry of errors names one fault and where it is; mend all of them.',
  },
  line_exists: {
    status: 409,
    title: 'There is a line of this code',
    advice: 'Add a version to it, or choose another code.',
  },
  line_ended: {
    status: 409,
    title: 'This line has ended',
    advice: 'A line that ended does not come back; add one with another code.',
  },
  line_in_past: {
    status: 422,
    title: 'The past of a line does not change',
    advice: 'Give a moment that is not before now, or leave it out.',
  },
} as const satisfies Catalogue;
export type LineErrorCode = keyof typeof LINE_ERRORS;
