import type { components } from '@postroad/sdk';
import { everyWord } from '../ground/contract-words.ts';
import { useWords } from '../ground/words.ts';
import { SOURCE_WORDS } from './words.ts';

type Outcome = components['schemas']['TrackingCredentialTest']['outcome'];

const OUTCOMES = everyWord<Outcome>({
  read: true,
  timeout: true,
  connection_failed: true,
  connection_broken: true,
  name_not_found: true,
  certificate_refused: true,
  address_refused: true,
  credential_refused: true,
  rate_limited: true,
  carrier_unavailable: true,
  carrier_failed: true,
  request_refused: true,
  answer_too_large: true,
  answer_not_text: true,
  answer_cut_off: true,
  answer_not_of_carrier: true,
});

/** What a request to a carrier came to, or a push; one that we do not know yet as it is called. */
export function OutcomeName({ of }: { readonly of: string }) {
  const t = useWords(SOURCE_WORDS);
  const known = OUTCOMES.find((outcome) => outcome === of);
  return <>{known === undefined ? of : t(`outcome.${known}`)}</>;
}
