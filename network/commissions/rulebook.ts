import { z } from 'zod';
import { type Currency, currencySchema } from '../kernel/index.ts';
import { defineRulebookKind, type TestFailure } from '../rulebooks/index.ts';

/**
 * What a point is paid for. `parcel_stored` taken onto the shelf · `parcel_handed_out` · `parcel_sent_home` given to the
 * courier after its time · `return_accepted` taken in at the counter · `return_handed_over` given to the courier ·
 * `mailing_accepted` a person's parcel taken in.
 */
export const PAID_WORK = [
  'parcel_stored',
  'parcel_handed_out',
  'parcel_sent_home',
  'return_accepted',
  'return_handed_over',
  'mailing_accepted',
] as const;
export type PaidWork = (typeof PAID_WORK)[number];

export const DEDUCTION_REASONS = ['late_handover', 'lost', 'complaint_upheld', 'wrong_hand_out'] as const;
export type PricedReason = (typeof DEDUCTION_REASONS)[number];
/** `cash_not_recorded`: goods were handed out and nothing was said of their money; what they cost, whatever the tariff. */
export const ALL_DEDUCTION_REASONS = [...DEDUCTION_REASONS, 'cash_not_recorded'] as const;
export type DeductionReason = (typeof ALL_DEDUCTION_REASONS)[number];

const minor = z.int().min(0).max(10_000_000);
const basisPoints = z.int().min(0).max(10_000);
const tier = z.strictObject({
  from: z.int().min(1).max(100_000_000).meta({ description: 'Number of this work in the month' }),
  amountMinor: minor.optional(),
  shareBasisPoints: basisPoints.optional().meta({ description: 'Of the freight that was collected for it' }),
});
const tiers = z.array(tier).min(1).max(12);
export const tariffSchema = z
  .strictObject({
    currency: currencySchema,
    work: z.strictObject({
      parcel_stored: tiers,
      parcel_handed_out: tiers,
      parcel_sent_home: tiers,
      return_accepted: tiers,
      return_handed_over: tiers,
      // Rules that were written before points took mailings say nothing of them: the least that the field pays.
      mailing_accepted: tiers.default([{ from: 1, shareBasisPoints: 1_000 }]),
    }),
    storageShareBasisPoints: basisPoints.meta({ description: 'Of storage fees collected at the counter' }),
    outletShareBasisPoints: basisPoints.meta({
      description: 'The part of each line that is of the outlet; the rest is of its network',
    }),
    deductions: z.strictObject({
      late_handover: minor,
      lost: minor,
      complaint_upheld: minor,
      wrong_hand_out: minor,
    }),
  })
  .meta({ id: 'PointTariff' });
export type Tier = z.output<typeof tier>;
export type Tariff = z.output<typeof tariffSchema>;

const tariffs = z
  .record(z.string().regex(/^[A-Z]{2}$/), tariffSchema)
  .meta({ description: 'By country of the point' });
const ownTariffs = z.strictObject({
  tariffs: tariffs.default({}),
  otherwise: tariffSchema.optional().meta({ description: 'Also where the general tariffs name the country' }),
});

export const pointCommissionSchema = z
  .strictObject({
    tariffs,
    otherwise: tariffSchema,
    networks: z
      .record(z.string().regex(/^org_[0-9a-z]{26}$/), ownTariffs)
      .optional()
      .meta({ description: 'What was agreed with single point networks, before the general tariffs' }),
    appealDays: z.int().min(1).max(90),
    closeAfterHours: z.int().min(0).max(72).meta({ description: 'After the week’s end, for late news' }),
  })
  .meta({ id: 'PointCommissionRules' });
export type PointCommissionDocument = z.output<typeof pointCommissionSchema>;

export const POINT_COMMISSION_KIND = defineRulebookKind<PointCommissionDocument>({
  kind: 'point_commission',
  title: 'Point commission: what point networks earn and owe',
  scopes: ['network'],
  schema: pointCommissionSchema,
  runTests: documentFaults,
});

function documentFaults(document: PointCommissionDocument): readonly TestFailure[] {
  const named = [
    ...namedTariffs('', document),
    ...Object.entries(document.networks ?? {}).flatMap(([id, own]) => namedTariffs(`${id}.`, own)),
  ];
  return named.flatMap(([name, { work }]) =>
    PAID_WORK.flatMap((rule) =>
      tierFaults(work[rule]).map((fault) => ({ ...fault, ruleId: `${name}.${rule}` })),
    ),
  );
}

function namedTariffs(
  before: string,
  { tariffs: of, otherwise }: z.output<typeof ownTariffs>,
): readonly (readonly [string, Tariff])[] {
  const all =
    otherwise === undefined ? Object.entries(of) : [...Object.entries(of), ['otherwise', otherwise] as const];
  return all.map(([name, one]) => [`${before}${name}`, one] as const);
}

function tierFaults(list: readonly Tier[]): TestFailure[] {
  const faults: TestFailure[] = [];
  if (list[0]?.from !== 1) faults.push({ test: 'tiers begin', message: 'The first tier is from 1.' });
  if (list.some((one, index) => index > 0 && one.from <= (list[index - 1]?.from ?? 0)))
    faults.push({ test: 'tiers climb', message: 'Each tier begins above the one before.' });
  if (list.some((one) => (one.amountMinor === undefined) === (one.shareBasisPoints === undefined)))
    faults.push({ test: 'tiers pay', message: 'A tier says an amount or a share, and not both.' });
  return faults;
}

const flat = (amountMinor: number): Tier[] => [{ from: 1, amountMinor }];

/** 0.3 to 0.5 CNY for an inbound parcel (domain reference 5.5), half when it comes and half when it goes. */
const CHINA: Tariff = {
  currency: 'CNY' as Currency,
  work: {
    parcel_stored: [
      { from: 1, amountMinor: 15 },
      { from: 3_001, amountMinor: 20 },
      { from: 30_001, amountMinor: 25 },
    ],
    parcel_handed_out: flat(20),
    parcel_sent_home: flat(20),
    // Counter commission is 10 to 30 % of the freight (domain reference 5.5).
    return_accepted: [
      { from: 1, shareBasisPoints: 1_000 },
      { from: 3_001, shareBasisPoints: 1_500 },
    ],
    return_handed_over: flat(20),
    mailing_accepted: [
      { from: 1, shareBasisPoints: 1_000 },
      { from: 301, shareBasisPoints: 2_000 },
      { from: 3_001, shareBasisPoints: 3_000 },
    ],
  },
  storageShareBasisPoints: 5_000,
  outletShareBasisPoints: 7_000,
  deductions: { late_handover: 500, lost: 20_000, complaint_upheld: 1_000, wrong_hand_out: 5_000 },
};

/** Our default where no tariff is written for the country: no public source gives European amounts. */
const ELSEWHERE: Tariff = {
  currency: 'EUR' as Currency,
  work: {
    parcel_stored: [
      { from: 1, amountMinor: 20 },
      { from: 3_001, amountMinor: 25 },
    ],
    parcel_handed_out: flat(20),
    parcel_sent_home: flat(20),
    return_accepted: flat(40),
    return_handed_over: flat(10),
    mailing_accepted: [{ from: 1, shareBasisPoints: 1_000 }],
  },
  storageShareBasisPoints: 5_000,
  outletShareBasisPoints: 7_000,
  deductions: { late_handover: 500, lost: 5_000, complaint_upheld: 500, wrong_hand_out: 2_500 },
};

/** The network's rules when nobody wrote others. Appeals: 15 days, as of carriers (domain reference 12). */
export const DEFAULT_POINT_COMMISSION: PointCommissionDocument = {
  tariffs: { CN: CHINA },
  otherwise: ELSEWHERE,
  appealDays: 15,
  closeAfterHours: 6,
};
