import type { Milestone, ParcelSubstatus, ReadMeaning } from '../../network/tracking/connector-contract.ts';

export type CodeRow = readonly [code: string, milestone: Milestone, substatus?: ParcelSubstatus];

/** Rows that were taken from one document. */
export type CodeGroup = { readonly source: string; readonly rows: readonly CodeRow[] };

/** What a carrier's codes mean. A code that stands in no row is `unmapped`; nothing is derived from its look. */
export type CodeTable = {
  readonly groups: readonly CodeGroup[];
  meaningOf(code: string | undefined): ReadMeaning;
};

const UNMAPPED: ReadMeaning = { milestone: 'unmapped' };

/** Throws when a code stands twice: two meanings would depend on their order. */
export function codeTable(...groups: readonly CodeGroup[]): CodeTable {
  const meanings = new Map<string, ReadMeaning>();
  for (const [code, milestone, substatus] of groups.flatMap(({ rows }) => rows)) {
    if (meanings.has(code)) throw new Error(`code ${code} stands twice in a table`);
    meanings.set(code, substatus === undefined ? { milestone } : { milestone, substatus });
  }
  return { groups, meaningOf: (code) => (code === undefined ? UNMAPPED : (meanings.get(code) ?? UNMAPPED)) };
}
