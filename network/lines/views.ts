import type { CompiledLine } from './compiled-line.ts';
import { explainReason } from './limits.policy.ts';
import type { Area, ServiceLine } from './model.ts';
import type { ParcelPreview } from './preview.policy.ts';

/** A line without what carriers charge us. */
export type PublicServiceLine = Omit<ServiceLine, 'buying'>;

/** What anybody but the operator may see of a line. */
export function publicView(line: ServiceLine): PublicServiceLine {
  const { buying: _ours, ...shown } = line;
  return shown;
}

/** A line in a list. */
export function summaryView({ line, version }: CompiledLine, offered: boolean) {
  const { code, names, carrierCode, serviceClass, online, tags, limits, goodsClasses, handover } = line;
  return {
    ...{ code, names, carrierCode, serviceClass, online, tags, limits, goodsClasses, handover },
    originCountries: countriesOf(line.origins),
    destinationCountries: countriesOf(line.destinations),
    promise: {
      kind: line.promise.kind,
      minDays: Math.min(...line.promise.days.map((row) => row.minDays)),
      maxDays: Math.max(...line.promise.days.map((row) => row.maxDays)),
    },
    version,
    offered,
  };
}

function countriesOf(areas: readonly Area[]): string[] {
  return [...new Set(areas.map((area) => area.country))].sort();
}

/** Whether an end of the line lies somewhere in a country; every line does when none is asked for. */
export function touches(areas: readonly Area[], country: string | undefined): boolean {
  return country === undefined || areas.some((area) => area.country === country || area.country === '*');
}

/** What a draft says to the one parcel that it was tried with. */
export function parcelView({ reasons, price, ...rest }: ParcelPreview) {
  return {
    ...rest,
    reasons: reasons.map(({ parcel: _only, ...reason }) => ({ ...reason, message: explainReason(reason) })),
    price: price && { ...price, chargeableGrams: price.chargeableGrams[0] },
  };
}
