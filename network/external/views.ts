import type { Queryable } from '../../platform/db/index.ts';
import type { ExternalShipment, ReplacedNumber } from './model.ts';
import { listReplaced } from './store.ts';

/** Declarations as they are shown. Of a number that is in use elsewhere nothing is told but that it is. */
export async function presentShipments(
  db: Queryable,
  shipments: readonly ExternalShipment[],
): Promise<Record<string, unknown>[]> {
  const replaced = await listReplaced(
    db,
    shipments.map(({ id }) => id),
  );
  return shipments.map((one) => view(one, replaced.get(one.id) ?? []));
}

function view(one: ExternalShipment, history: readonly ReplacedNumber[]): Record<string, unknown> {
  const { parcelRef: _ref, isClosed: _closed, ...shown } = one;
  return {
    ...shown,
    corrections: history.length,
    history: history.map(({ firstScanAt: _at, ...earlier }) => earlier),
  };
}
