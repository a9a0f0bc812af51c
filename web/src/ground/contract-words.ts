/**
 * Every word of a closed list of the contract, in the order given. A word that the contract has and this does not, or
 * the other way round, is an error of types: `everyWord<Reveal['purpose']>({ delivery: true, ... })`.
 */
export function everyWord<Word extends string>(words: Readonly<Record<Word, true>>): readonly Word[] {
  return Object.keys(words) as Word[];
}
