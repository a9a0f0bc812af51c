import type { components } from '@postroad/sdk';
import { useLanguage } from '../ground/language.ts';
import { useWords } from '../ground/words.ts';
import type { Choice } from '../kit/field.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { useCarriers } from '../parcels/carrier-name.tsx';
import { REPORT_WORDS } from '../parcels/report-words.ts';
import { EXTERNAL_WORDS } from './words.ts';

export type ExternalShipment = components['schemas']['ExternalShipment'];

/** As the API takes it. */
export const HEAVIEST_GRAMS = 1_000_000;
/** A carrier that is in no registry. */
export const OTHER_CARRIER = 'other';

export function ExternalState({ of }: { readonly of: ExternalShipment['state'] }) {
  const t = useWords(EXTERNAL_WORDS);
  return <Status tone={of === 'declared' ? 'move' : 'idle'}>{t(`state.${of}`)}</Status>;
}

const HOLD_TONES: Readonly<Record<'own' | 'shared' | 'pending', Tone>> = {
  own: 'ok',
  shared: 'warn',
  pending: 'idle',
};

/** What the number leads to. */
export function Hold({ of }: { readonly of: ExternalShipment['hold'] }) {
  const t = useWords(EXTERNAL_WORDS);
  const hold = of ?? 'pending';
  return <Status tone={HOLD_TONES[hold]}>{t(`hold.${hold}`)}</Status>;
}

const STATUSES = [
  'unknown',
  'not_found',
  'info_received',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'available_for_pickup',
  'delivery_attempted',
  'delivered',
  'exception',
  'returning',
  'returned',
  'cancelled',
  'expired',
] as const;

/** The parcel's state in a word; a dash while nothing is known. */
export function TrackingStatus({ of }: { readonly of: string | undefined }) {
  const t = useWords(REPORT_WORDS);
  const status = STATUSES.find((one) => one === of);
  return status === undefined ? '–' : t(`status.${status}`);
}

/** The carriers that the network knows by name, and any other. */
export function useCarrierChoices(): readonly Choice<string>[] {
  const t = useWords(EXTERNAL_WORDS);
  const language = useLanguage();
  const known = useCarriers()
    .map(({ code, names }) => ({ value: code, label: names[language] }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return [...known, { value: OTHER_CARRIER, label: t('carrier.other') }];
}
