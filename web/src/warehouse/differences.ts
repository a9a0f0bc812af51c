import { numberIn, plainCode } from '../field/scanned.ts';
import type { ArrivalIssue, HandoverList } from './tasks.ts';

/** Something announced, or scanned although it was not. */
export type CountLine = {
  readonly number: string;
  readonly bag: string | undefined;
  readonly isAnnounced: boolean;
  readonly isScanned: boolean;
  readonly issue: ArrivalIssue | undefined;
};

/** What was announced against what was scanned here, in the order of the list; surplus at the end. */
export function countOf(
  list: HandoverList,
  scanned: ReadonlyMap<string, ArrivalIssue | undefined>,
): readonly CountLine[] {
  const announced = [
    ...list.bags.flatMap((bag) => (bag.parcels ?? []).map(({ number }) => ({ number, bag: bag.code }))),
    ...list.loose.map(({ number }) => ({ number, bag: undefined })),
  ];
  const known = new Set(announced.map((one) => one.number));
  const lineOf = (number: string, bag: string | undefined, isAnnounced: boolean): CountLine => ({
    ...{ number, bag, isAnnounced },
    isScanned: scanned.has(number),
    issue: scanned.get(number),
  });
  return [
    ...announced.map(({ number, bag }) => lineOf(number, bag, true)),
    ...[...scanned.keys()]
      .filter((number) => !known.has(number))
      .map((number) => lineOf(number, undefined, false)),
  ];
}

/** The announced number that a code is, or the code itself: then it is surplus. */
export function scannedNumber(code: string, lines: readonly CountLine[]): string {
  return (
    numberIn(
      code,
      lines.map((line) => line.number),
    ) ?? plainCode(code)
  );
}

export function sumOf(lines: readonly CountLine[]) {
  const announced = lines.filter((line) => line.isAnnounced);
  return {
    announced: announced.length,
    scanned: announced.filter((line) => line.isScanned).length,
    missing: announced.filter((line) => !line.isScanned).length,
    surplus: lines.length - announced.length,
    issues: lines.filter((line) => line.issue !== undefined).length,
  };
}

/** How far each bag is counted. */
export function bagsOf(lines: readonly CountLine[]) {
  const byBag = Map.groupBy(
    lines.filter((line) => line.bag !== undefined),
    (line) => line.bag ?? '',
  );
  return [...byBag].map(([code, parcels]) => ({
    code,
    all: parcels.length,
    scanned: parcels.filter((line) => line.isScanned).length,
  }));
}
