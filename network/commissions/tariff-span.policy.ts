import type { Instant } from '../kernel/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import type { PointCommissionDocument, Tariff } from './rulebook.ts';

/** The rules as they are for one network, from a moment on; `from` is undefined where they always were so. */
export type TariffSpan = {
  readonly from: Instant | undefined;
  readonly versionId: string;
  readonly document: PointCommissionDocument;
};

/** One after the other, without those that change nothing for the network: what stays as it was keeps its moment. */
export function mergedSpans(spans: readonly TariffSpan[]): readonly TariffSpan[] {
  return spans.filter(({ document }, index) => {
    const before = spans[index - 1];
    return before === undefined || canonicalJson(before.document) !== canonicalJson(document);
  });
}

/** What is in force at a moment, and what comes after it. */
export function fromNowOn(spans: readonly TariffSpan[], now: Instant): readonly TariffSpan[] {
  const next = spans.findIndex(({ from }) => from !== undefined && from > now);
  return next === -1 ? spans.slice(-1) : spans.slice(Math.max(next - 1, 0));
}

export type NamedTariff = {
  /** Undefined: of all other countries. */
  readonly country: string | undefined;
  readonly tariff: Tariff;
};

export function namedTariffs({ tariffs, otherwise }: PointCommissionDocument): readonly NamedTariff[] {
  return [
    ...Object.entries(tariffs).map(([country, tariff]) => ({ country, tariff })),
    { country: undefined, tariff: otherwise },
  ];
}
