import type { CounterReturn, Finding, Intake } from './tasks.ts';

/** What was answered about one item so far. */
export type Looked = {
  readonly finding: Finding | undefined;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly note: string;
};
export const NOT_LOOKED: Looked = { finding: undefined, checks: {}, note: '' };
/** By the line of the item. */
export type Answers = ReadonlyMap<number, Looked>;

/** The intake as it is recorded; undefined as long as something is left to be said. Pure. */
export function intakeOf(
  of: CounterReturn,
  said: {
    readonly items: Answers;
    readonly weightGrams: number | undefined;
    readonly document: string | undefined;
    readonly freight: Intake['freight'] | undefined;
    /** Of the label that the clerk stuck on, where the network gives none. */
    readonly parcel: { readonly number: string; readonly carrierCode: string };
  },
): Intake | undefined {
  const items = of.items.flatMap(({ line }) => {
    const looked = said.items.get(line);
    const item = looked && itemOf(line, of.checklist, looked);
    return item === undefined ? [] : [item];
  });
  const { weightGrams, document, freight, parcel } = said;
  const isNumbered = of.carrier_code !== undefined || (parcel.number !== '' && parcel.carrierCode !== '');
  if (items.length < of.items.length || weightGrams === undefined || freight === undefined) return undefined;
  if ((of.needs_identity && document === undefined) || !isNumbered) return undefined;
  return {
    items,
    weight_grams: weightGrams,
    payment: of.payment,
    freight,
    ...(document === undefined ? {} : { identity: { document_kind: document } }),
    ...(of.carrier_code === undefined
      ? { parcel: { number: parcel.number, carrier_code: parcel.carrierCode } }
      : {}),
  };
}

/** An item that is there has every question answered; of a missing one there is nothing to ask. */
function itemOf(
  line: number,
  checklist: readonly string[],
  { finding, checks, note }: Looked,
): Intake['items'][number] | undefined {
  if (finding === undefined) return undefined;
  const isMissing = finding === 'missing';
  if (!isMissing && checklist.some((check) => checks[check] === undefined)) return undefined;
  return {
    line,
    finding,
    checks: isMissing ? {} : { ...checks },
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  };
}
