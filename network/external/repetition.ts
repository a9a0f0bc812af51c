import type { Work } from '../../platform/world/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { correctedSince, isSame, type Pair } from './correction.policy.ts';
import { contradicted } from './details.policy.ts';
import type { ExternalErrorCode, ExternalShipment } from './model.ts';
import { listReplaced } from './store.ts';

type Said = Parameters<typeof contradicted>[1] & { readonly despiteCorrection?: boolean | undefined };

/**
 * What was said before of an order and is said again. Undefined for what is new. `others`: the order's declarations, locked
 * with it. A pair that a standing declaration was corrected away from is not declared anew, because files and programs that
 * know nothing of the correction say it again; `despiteCorrection` says that it is meant.
 */
export async function answerRepetition(
  work: Work,
  others: readonly ExternalShipment[],
  pair: Pair,
  said: Said,
): Promise<
  Outcome<{ readonly shipment: ExternalShipment; readonly isNew: false }, ExternalErrorCode> | undefined
> {
  const standing = others.filter(({ state }) => state === 'declared');
  const same = standing.find((one) => isSame(one, pair));
  if (same !== undefined) return again(same, said);
  if (standing.length === 0 || said.despiteCorrection === true) return undefined;
  const replaced = await listReplaced(
    work.db,
    standing.map(({ id }) => id),
  );
  const corrected = correctedSince(pair, standing, replaced);
  if (corrected === undefined) return undefined;
  const code = 'external_number_corrected';
  const { shipment, replacedAt } = corrected;
  const message = `was corrected to ${shipment.carrierCode} ${shipment.number} (${shipment.id}, ${replacedAt})`;
  return refused(code, `${pair.carrierCode} ${pair.number} ${message}. Nothing was declared.`, [
    { pointer: '/number', code, message },
  ]);
}

function again(
  shipment: ExternalShipment,
  said: Said,
): Outcome<{ readonly shipment: ExternalShipment; readonly isNew: false }, ExternalErrorCode> {
  const code = 'external_declared_otherwise';
  const names = contradicted(shipment, said);
  if (names.length === 0) return accepted({ shipment, isNew: false });
  return refused(
    code,
    `${shipment.id} stands for this number and says otherwise: ${names.join(', ')}.`,
    names.map((name) => ({ pointer: `/${name}`, code, message: 'is not what was declared' })),
  );
}
