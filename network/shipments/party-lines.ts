import type { ShownParty } from '../vault/index.ts';

/** Address lines of a masked party in the order in which its country writes them. */
export function addressLinesOf(party: ShownParty): string[] {
  const address = party.address;
  if (address === undefined) return [];
  const joined = (...parts: (string | undefined)[]) =>
    parts.filter((part) => part !== undefined && part !== '').join(' ');
  // Chinese addresses are written from the large to the small.
  if (address.country === 'CN') {
    // A municipality is province and city at once.
    const province = address.division === address.city ? undefined : address.division;
    return [
      [province, address.city, address.district, address.town].filter(Boolean).join(''),
      ...address.lines,
    ].filter((line) => line !== '');
  }
  const local = [address.district, address.town].filter((part) => part !== undefined && part !== '');
  return [
    ...address.lines,
    ...local.map(String),
    joined(address.postcode, address.city),
    ...(address.division === undefined ? [] : [address.division]),
  ].filter((line) => line !== '');
}
