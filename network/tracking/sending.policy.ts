import type { ParcelId } from '../kernel/index.ts';

/** A parcel of a sending; `label`: the count that its label shows, from 1. */
export type SentPiece = {
  readonly parcelId: ParcelId;
  readonly label?: { readonly index: number; readonly count: number } | undefined;
};

export type NumberedPieces = {
  readonly total: number;
  /** From 1, in this order. */
  readonly pieces: readonly { readonly parcelId: ParcelId; readonly position: number }[];
};

/**
 * Which piece of how many each parcel is. As the labels count where all of them do and no two alike: then a piece that
 * has no number yet counts as well. Else in the order that is given.
 */
export function numberPieces(sent: readonly SentPiece[]): NumberedPieces {
  const labels = sent.flatMap(({ label }) => label ?? []);
  const total = Math.max(0, ...labels.map(({ count }) => count));
  const indexes = new Set(labels.map(({ index }) => index));
  const isAsLabelled =
    labels.length === sent.length && indexes.size === sent.length && [...indexes].every(isIn(total));
  const pieces = sent.map(({ parcelId, label }, place) => ({
    parcelId,
    position: isAsLabelled ? (label?.index ?? 0) : place + 1,
  }));
  return {
    total: isAsLabelled ? total : sent.length,
    pieces: pieces.toSorted((one, other) => one.position - other.position),
  };
}

const isIn =
  (total: number) =>
  (index: number): boolean =>
    index >= 1 && index <= total;
