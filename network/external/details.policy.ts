import type { DETAIL_NAMES } from './events.ts';
import type { Declared, ExternalShipment, SendType } from './model.ts';

type Details = Omit<Declared, 'carrierCode' | 'number'>;

type DetailName = (typeof DETAIL_NAMES)[number];
const DETAILS = {
  trackingSite: 'tracking_site',
  serviceName: 'service_name',
  description: 'description',
  shippedAt: 'shipped_at',
  shipFromCountry: 'ship_from_country',
  weightGrams: 'weight_grams',
} as const satisfies Record<keyof Details, DetailName>;
const KEYS = Object.keys(DETAILS) as readonly (keyof Details)[];

/** A detail that was corrected; without `before` it had not been said, without `after` it was taken away. */
export type DetailChange = {
  readonly detail: DetailName;
  readonly before?: string | number;
  readonly after?: string | number;
};

export function detailChanges(before: Details, after: Details): DetailChange[] {
  return KEYS.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (was === is) return [];
    return {
      detail: DETAILS[key],
      ...(was === undefined ? {} : { before: was }),
      ...(is === undefined ? {} : { after: is }),
    };
  });
}

/** What a declaration that is made again says otherwise than the one that stands. What it leaves out contradicts nothing. */
export function contradicted(
  standing: Pick<ExternalShipment, keyof Details | 'sendType'>,
  again: { readonly [Key in keyof Details]?: Details[Key] | string } & { readonly sendType: SendType },
): (DetailName | 'send_type')[] {
  const details = KEYS.filter((key) => again[key] !== undefined && again[key] !== standing[key]).map(
    (key) => DETAILS[key],
  );
  return again.sendType === standing.sendType ? details : ['send_type', ...details];
}
