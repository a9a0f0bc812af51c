import { foldText } from '../places/index.ts';
import { idAt, textAt } from './columns.ts';
import { placeInRecord, valuesOf } from './record.ts';
import type { Sieve } from './sieve.ts';
import type { Slots } from './slots.ts';
import { lowestBit } from './tree.ts';

/** Of so many that match the best are chosen; who asks for a word that more bear says where he is. Our default. */
const MOST_RANKED = 200;

/** The first slots that match, added to those of earlier sieves. */
export function addCandidates(
  { selection, delta, accepts }: Sieve,
  serves: (slot: number) => boolean,
  candidates: Set<number>,
): void {
  const take = (slot: number) => {
    if (candidates.size < MOST_RANKED && accepts(slot) && serves(slot)) candidates.add(slot);
  };
  for (const slot of delta) take(slot);
  const { words } = selection;
  for (let word = 0; word < words.length && candidates.size < MOST_RANKED; word += 1) {
    for (let bits = words[word] as number; bits !== 0; bits &= bits - 1) take(word * 32 + lowestBit(bits));
  }
}

/** Points whose code or name is what was asked first, then names that begin so, then by quality. */
export function rankByText(
  { columns }: Slots,
  candidates: ReadonlySet<number>,
  text: string,
  limit: number,
): readonly number[] {
  const asked = foldText(text);
  return [...candidates]
    .map((slot) => ({
      slot,
      id: idAt(columns, slot),
      rank: rankOf(textAt(columns, slot), asked),
      quality: columns.qualities[slot] as number,
    }))
    .sort((a, b) => a.rank - b.rank || b.quality - a.quality || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(({ slot }) => slot);
}

const [CODE, NAME, POSTCODE] = [
  placeInRecord('outletCode'),
  placeInRecord('name'),
  placeInRecord('postcode'),
];

function rankOf(record: string, asked: string): number {
  const values = valuesOf(record);
  const folded = (at: number) => foldText((JSON.parse(values[at] ?? 'null') as string | null) ?? '');
  if (folded(CODE) === asked) return 0;
  const name = folded(NAME);
  if (name === asked || (values[POSTCODE] !== 'null' && folded(POSTCODE) === asked)) return 1;
  return name.startsWith(asked) ? 2 : 3;
}
