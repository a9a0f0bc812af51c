import { useWords } from '../ground/words.ts';
import { VISIT_WORDS } from './words.ts';

const KNOWN = [
  'service_desk',
  'courier_transfer',
  'other',
  'nobody_there',
  'address_wrong',
  'parcels_not_ready',
  'access_denied',
  'courier_unable',
  'window_missed',
  'prohibited',
  'no_identity',
  'attempts_exhausted',
  'unstated',
  'over_limits',
  'packaging_damaged',
  'label_missing',
  'not_packed',
  'too_many_visits',
  'road_closed',
  'bad_weather',
  'asked_by_sender',
] as const;

/** A reason in words; one that we do not know yet as it is called. */
export function Why({ of }: { readonly of: string | undefined }) {
  const t = useWords(VISIT_WORDS);
  if (of === undefined) return <>–</>;
  const known = KNOWN.find((one) => one === of);
  return <>{known === undefined ? of.replaceAll('_', ' ') : t(`why.${known}`)}</>;
}
