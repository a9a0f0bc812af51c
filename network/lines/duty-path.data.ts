import { instant, type Money, money } from '../kernel/index.ts';
import type { DutyPathDocument, DutyRule } from './duty-path.ts';

const day = (date: string) => instant(`${date}T00:00:00Z`);
/** Midnight in New York (source of the US dates: federal effective dates are local). */
const usDay = (date: string, offset: '-04:00' | '-05:00') => instant(`${date}T00:00:00${offset}`);
const euro = (minor: number): Money => money(minor, 'EUR');
const dollar = (minor: number): Money => money(minor, 'USD');

const DDP_ONLY: DutyRule['requires'] = { hs6: true, originOfGoods: true, incoterms: ['DDP'], taxIds: [] };
const EITHER: DutyRule['requires'] = {
  hs6: true,
  originOfGoods: true,
  incoterms: ['DDP', 'DAP'],
  taxIds: [],
};

const UNITED_STATES: DutyRule[] = [
  {
    id: 'us_section_321',
    origin: '*',
    destination: 'US',
    from: usDay('2016-03-10', '-05:00'),
    to: usDay('2025-08-29', '-04:00'),
    regime: 'de_minimis',
    facts: [{ kind: 'exempt_up_to', amount: dollar(80_000) }],
    requires: { hs6: false, originOfGoods: true, incoterms: ['DDP', 'DAP'], taxIds: [] },
    checked: false,
    source: '19 U.S.C. 1321 as amended by TFTEA',
  },
  {
    id: 'us_eo_14324',
    origin: '*',
    destination: 'US',
    from: usDay('2025-08-29', '-04:00'),
    to: usDay('2026-02-24', '-05:00'),
    regime: 'de_minimis_suspended',
    facts: [
      { kind: 'country_tariff_rate' },
      {
        kind: 'specific_by_tariff',
        bands: [
          { tariffUpToBp: 1599, perItem: dollar(8_000) },
          { tariffUpToBp: 2500, perItem: dollar(16_000) },
          { perItem: dollar(20_000) },
        ],
      },
    ],
    requires: DDP_ONLY,
    checked: true,
    source: 'Executive Order 14324; specific duty for six months, below 16 %, 16 to 25 %, above 25 %',
  },
  {
    id: 'us_section_122',
    origin: '*',
    destination: 'US',
    from: usDay('2026-02-24', '-05:00'),
    to: usDay('2026-07-24', '-04:00'),
    regime: 'de_minimis_suspended',
    facts: [{ kind: 'country_tariff_rate' }, { kind: 'surcharge', rateBp: 1000 }],
    requires: DDP_ONLY,
    checked: true,
    source: 'Section 122 surcharge of 150 days; IEEPA tariffs void, suspension of de minimis kept',
  },
  {
    id: 'us_section_321_suspended',
    origin: '*',
    destination: 'US',
    from: usDay('2026-07-24', '-04:00'),
    to: usDay('2027-07-01', '-04:00'),
    regime: 'de_minimis_suspended',
    facts: [{ kind: 'country_tariff_rate' }],
    requires: DDP_ONLY,
    checked: true,
    source:
      'CBP rules of 2026-06-24 under section 321; a replacement of the surcharge was pending when this was written',
  },
  {
    id: 'us_no_de_minimis',
    origin: '*',
    destination: 'US',
    from: usDay('2027-07-01', '-04:00'),
    regime: 'no_de_minimis',
    facts: [{ kind: 'country_tariff_rate' }],
    requires: DDP_ONLY,
    checked: true,
    source: 'statutory end of commercial de minimis',
  },
];

const EUROPEAN_UNION: DutyRule[] = [
  {
    id: 'eu_vat_from_first_cent',
    origin: '*',
    destination: 'EU',
    from: instant('2021-06-30T22:00:00Z'),
    to: instant('2026-06-30T22:00:00Z'),
    regime: 'duty_free_vat_due',
    facts: [
      { kind: 'exempt_up_to', amount: euro(15_000) },
      { kind: 'tax_at_sale', tax: 'vat', valueUpTo: euro(15_000) },
    ],
    requires: EITHER,
    checked: false,
    source: 'Council Directive (EU) 2017/2455: IOSS to EUR 150 intrinsic value',
  },
  {
    id: 'eu_three_euro',
    origin: '*',
    destination: 'EU',
    from: instant('2026-06-30T22:00:00Z'),
    to: instant('2028-06-30T22:00:00Z'),
    regime: 'per_item_duty',
    facts: [
      { kind: 'per_distinct_hs6', amount: euro(300), valueUpTo: euro(15_000) },
      { kind: 'tax_at_sale', tax: 'vat', valueUpTo: euro(15_000) },
    ],
    requires: EITHER,
    checked: true,
    source: 'Regulation (EU) 2026/382, IR 2026/1200, DR 2026/1022: 2026-07-01 to 2028-07-01, Brussels time',
  },
];

const OTHERS: DutyRule[] = [
  {
    id: 'gb_vat_at_sale',
    origin: '*',
    destination: 'GB',
    from: day('2021-01-01'),
    regime: 'duty_free_vat_due',
    facts: [{ kind: 'tax_at_sale', tax: 'vat', valueUpTo: money(13_500, 'GBP') }],
    requires: EITHER,
    checked: false,
    source: 'HMRC: VAT at sale to GBP 135',
  },
  {
    id: 'br_remessa_conforme',
    origin: '*',
    destination: 'BR',
    from: instant('2024-08-01T00:00:00-03:00'),
    regime: 'simplified_duty',
    facts: [{ kind: 'ad_valorem', rateBp: 2000 }],
    requires: { ...EITHER, taxIds: ['cpf'] },
    checked: false,
    source: 'Remessa Conforme: 20 % to USD 50; above USD 50 other rates',
  },
  {
    id: 'cl_vat_at_sale',
    origin: '*',
    destination: 'CL',
    from: instant('2025-10-25T00:00:00-03:00'),
    regime: 'duty_free_vat_due',
    facts: [{ kind: 'tax_at_sale', tax: 'vat', valueUpTo: dollar(50_000) }],
    requires: { ...EITHER, taxIds: ['rut'] },
    checked: false,
    source: 'Ley 21.713: VAT on goods to USD 500',
  },
  {
    id: 'ru_duty_free_limit',
    origin: '*',
    destination: 'RU',
    from: day('2020-01-01'),
    regime: 'de_minimis',
    facts: [{ kind: 'exempt_up_to', amount: euro(20_000) }],
    requires: { ...EITHER, taxIds: ['inn'] },
    checked: false,
    source: 'EAEU Council decision: EUR 200 and 31 kg per parcel',
  },
  {
    id: 'au_gst_at_sale',
    origin: '*',
    destination: 'AU',
    from: instant('2018-06-30T14:00:00Z'),
    regime: 'duty_free_vat_due',
    facts: [{ kind: 'tax_at_sale', tax: 'gst', valueUpTo: money(100_000, 'AUD') }],
    requires: EITHER,
    checked: false,
    source: 'ATO: GST on low-value goods to AUD 1000',
  },
  {
    id: 'kr_personal_import',
    origin: '*',
    destination: 'KR',
    from: day('2020-12-01'),
    regime: 'de_minimis',
    facts: [{ kind: 'exempt_up_to', amount: dollar(15_000) }],
    requires: { ...EITHER, taxIds: ['pccc'] },
    checked: false,
    source: 'Korea Customs Service: personal customs clearance code',
  },
];

/** The shipped duty rules. Lanes that are not here have no path: add a rule, never a default. */
export const SHIPPED_DUTY_PATHS: DutyPathDocument = {
  kind: 'duty_path',
  title: 'Duty rules of the lanes that shipped lines serve',
  rules: [...UNITED_STATES, ...EUROPEAN_UNION, ...OTHERS],
};
