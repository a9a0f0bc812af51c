import type { components } from '@postroad/sdk';
import { type Language, localeOf, useLanguage } from './language.ts';

export type Money = Pick<components['schemas']['Money'], 'amount_minor' | 'currency'>;

type Dates = (options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat;

function timesOf(dates: Dates) {
  return {
    /** A moment with its zone; in the reader's own zone unless one is given. */
    instant: (iso: string, timeZone?: string) =>
      dates({
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        ...(timeZone === undefined ? {} : { timeZone }),
      }).format(new Date(iso)),
    /** A day and an hour by the clock of a place. */
    hourAt: (iso: string, timeZone: string) =>
      dates({
        weekday: 'short',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone,
      }).format(new Date(iso)),
    /** From one moment to another, the day said once, in the reader's own zone. */
    span: (from: string, to: string) =>
      dates({
        weekday: 'short',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
      }).formatRange(new Date(from), new Date(to)),
    /** A moment of some place's own clock, given as if that clock were UTC; its zone is said beside it. */
    wall: (iso: string) =>
      dates({
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: 'UTC',
      }).format(new Date(iso)),
    /** How a zone (IANA name, offset) is called at a moment: `CET`, `GMT+8`; as it is where this browser does not know it. */
    zoneName: (iso: string, timeZone: string) => {
      try {
        const parts = dates({ hour: 'numeric', timeZoneName: 'short', timeZone }).formatToParts(
          new Date(iso),
        );
        return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
      } catch {
        return timeZone;
      }
    },
    /** Short, for tables: the zone stands in the title attribute of kit/values.tsx. */
    moment: (iso: string) =>
      dates({ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(new Date(iso)),
    /** A calendar day `2026-03-01`, without any zone. */
    day: (day: string) =>
      dates({ year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
        new Date(`${day.slice(0, 10)}T00:00:00Z`),
      ),
    /**
     * The days of a promise, one or from one to another, by the clock of the destination (the API's `destination_zone`); by
     * the reader's own where that is not known.
     */
    promised: (
      { earliest, latest }: { readonly earliest?: string | undefined; readonly latest: string },
      timeZone: string | undefined,
    ) => {
      const format = dates({
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        ...(timeZone === undefined ? {} : { timeZone }),
      });
      const days = [earliest ?? latest, latest].map((at) => format.format(new Date(at)));
      return [...new Set(days)].join(' – ');
    },
    /** The name of a day of the week, ISO 1 Monday .. 7 Sunday; January 2024 began with a Monday. */
    weekday: (weekday: number) =>
      dates({ weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday)),
    month: (month: string) =>
      dates({ year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`)),
  };
}

/** Numbers, money, weights and times as the reader writes them. All by Intl; formatters are kept, they are slow to make. */
export function formatsOf(language: Language) {
  const locale = localeOf(language);
  const kept = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();
  const numbers = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = kept.get(key) ?? new Intl.NumberFormat(locale, options);
    kept.set(key, known);
    return known as Intl.NumberFormat;
  };
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = `d${JSON.stringify(options)}`;
    const known = kept.get(key) ?? new Intl.DateTimeFormat(locale, options);
    kept.set(key, known);
    return known as Intl.DateTimeFormat;
  };
  return {
    number: (value: number) => numbers({}).format(value),
    percent: (share: number) => numbers({ style: 'percent', maximumFractionDigits: 1 }).format(share),
    /** `1234, EUR` is 12.34 euro; how many digits are small change is the currency's affair (ISO 4217). */
    money: ({ amount_minor, currency }: Money) => {
      const format = numbers({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
      return format.format(amount_minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
    },
    weight: (grams: number) =>
      grams < 1_000
        ? numbers({ style: 'unit', unit: 'gram' }).format(grams)
        : numbers({ style: 'unit', unit: 'kilogram', maximumFractionDigits: 3 }).format(grams / 1_000),
    /** Metres below a kilometre, else kilometres. */
    distance: (meters: number) =>
      meters < 1_000
        ? numbers({ style: 'unit', unit: 'meter', maximumFractionDigits: 0 }).format(meters)
        : numbers({ style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 }).format(meters / 1_000),
    ...timesOf(dates),
    country: (code: string) => nameOf(locale, 'region', code),
    currency: (code: string) => nameOf(locale, 'currency', code),
    list: (items: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  };
}

export type Formats = ReturnType<typeof formatsOf>;

const byLanguage = new Map<Language, Formats>();

export function useFormats(): Formats {
  const language = useLanguage();
  const known = byLanguage.get(language) ?? formatsOf(language);
  byLanguage.set(language, known);
  return known;
}

function nameOf(locale: string, type: 'region' | 'currency', code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code; // not a code at all: shown as it is
  }
}
