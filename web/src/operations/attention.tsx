import { useWords } from '../ground/words.ts';
import { OPERATIONS_WORDS } from './words.ts';

const PARTS = [
  'outbox_late',
  'reactions_late',
  'dead_letters',
  'jobs_late',
  'dead_jobs',
  'webhooks_failing',
  'ledger_imbalance',
  'number_stock_low',
] as const;

/** A part of the machine that needs a person, in words; one that we do not know yet as it is called. */
export function AttentionName({ of }: { readonly of: string }) {
  const t = useWords(OPERATIONS_WORDS);
  const known = PARTS.find((part) => part === of);
  return <>{known === undefined ? of.replaceAll('_', ' ') : t(`attention.${known}`)}</>;
}
