import { useWords } from '../ground/words.ts';
import { PARCEL_WORDS } from './words.ts';

/** The types of lines that a price has (`type` of a charge), but `other`. */
const TYPES = [
  'freight',
  'registration',
  'fuel',
  'remote',
  'battery',
  'oversize',
  'peak',
  'pickup',
  'redelivery',
  'address_change',
  'interception',
  'return_freight',
  'storage',
  'packaging',
  'insurance',
  'cod_fee',
  'customs_clearance',
  'duty',
  'tax',
] as const;

/** What a line of a price is for, by its type; a type that we do not know is called `otherwise`. */
export function useChargeName(): (type: string, otherwise: string) => string {
  const t = useWords(PARCEL_WORDS);
  return (type, otherwise) => {
    const known = TYPES.find((one) => one === type);
    return known === undefined ? otherwise : t(`charge.${known}`);
  };
}

/** The same for a line that says what it is called. */
export function ChargeName({ of }: { readonly of: { readonly type: string; readonly label: string } }) {
  return <>{useChargeName()(of.type, of.label)}</>;
}
