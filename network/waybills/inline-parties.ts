import type { Work } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, type PartyRef, refused } from '../kernel/index.ts';
import { coarsePlaceOf, type PartyInput, readParty, withoutPosition } from '../places/index.ts';
import type { Party, PartyAddress, Vault } from '../vault/index.ts';
import type { Waybill, WaybillRequest } from './model.ts';

/** Parties that came with a request, checked. */
export type InlineParties = Partial<Record<End, Party & { readonly address: PartyAddress }>>;
type End = 'sender' | 'recipient';
const ENDS = [
  ['sender', 'senderRef', 'from'],
  ['recipient', 'recipientRef', 'to'],
] as const;

/** Checks the parties of the request at a place of the batch; field errors point into the whole body. */
export function readInlineParties(request: WaybillRequest, place: number): Outcome<InlineParties> {
  const parties: InlineParties = {};
  for (const [end, ref] of ENDS) {
    const given: PartyInput | undefined = request[end];
    if (given === undefined) continue;
    const pointer = `/requests/${place}/${end}`;
    if (request[ref] !== undefined)
      return refused('party_given_twice', '', [
        { pointer, code: 'party_given_twice', message: 'the party has a reference besides' },
      ]);
    const read = readParty(given, pointer);
    if (!read.ok) return read;
    parties[end] = read.value;
  }
  return accepted(parties);
}

/**
 * Stores the parties of the waybills that are about to be written, all at once; a refused request leaves none behind.
 * An area that was not given is the coarse part of the address.
 */
export async function storeInlineParties(
  work: Work,
  vault: Pick<Vault, 'storeParties'>,
  organisationId: OrganisationId,
  drafts: readonly Waybill[],
  partiesOf: (draft: Waybill) => InlineParties | undefined,
): Promise<Waybill[]> {
  const wanted = drafts.flatMap((draft) =>
    ENDS.flatMap(([end, ref, area]) => {
      const party = partiesOf(draft)?.[end];
      return party === undefined ? [] : [{ draft, ref, area, party }];
    }),
  );
  if (wanted.length === 0) return [...drafts];
  const refs = await vault.storeParties(work, {
    organisationId,
    parties: wanted.map(({ party }) => withoutPosition(party)),
  });
  const filled = new Map<string, Waybill>(drafts.map((draft) => [draft.id, draft]));
  for (const [index, { draft, ref, area, party }] of wanted.entries()) {
    const known = filled.get(draft.id) ?? draft;
    filled.set(draft.id, {
      ...known,
      [ref]: refs[index] as PartyRef,
      [area]: known[area] ?? coarsePlaceOf(party.address),
    });
  }
  return [...filled.values()];
}
