import { createHash } from 'node:crypto';
import { normaliseNumber } from '../numbers/index.ts';
import { canonicalJson } from '../rulebooks/index.ts';
import type { DeviceActionInput } from './contract.ts';

/** The device sent it twice at once: the first one counts, the second takes back all that it did and is told of it. */
export const TWICE = 'being_recorded';

/**
 * What an action says, for its second coming. Of a wrong code its name and parcel are all: the hand-out that got no answer
 * may have told the server of it before.
 */
export function digestOf(action: Pick<DeviceActionInput, 'clientId' | 'kind' | 'number'>): Uint8Array {
  const { clientId, kind, number } = action;
  const said = kind === 'wrong_code' ? { clientId, kind, number: normaliseNumber(number) ?? number } : action;
  return createHash('sha256').update(canonicalJson(said)).digest();
}
