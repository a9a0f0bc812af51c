import { useWords } from '../ground/words.ts';
import { PARCEL_WORDS } from './words.ts';

const TYPES = [
  'freight',
  'tax',
  'fuel',
  'remote',
  'oversize',
  'battery',
  'peak',
  'cod',
  'insurance',
  'redelivery',
  'return',
  'storage',
] as const;

/** What a line of a price is for; a type that we do not know is called as the server calls it. */
export function ChargeName({ of }: { readonly of: { readonly type: string; readonly label: string } }) {
  const t = useWords(PARCEL_WORDS);
  const known = TYPES.find((type) => type === of.type);
  return <>{known === undefined ? of.label : t(`charge.${known}`)}</>;
}
