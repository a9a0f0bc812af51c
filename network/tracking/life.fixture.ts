import { type CountryCode, instant, type ParcelId } from '../kernel/index.ts';
import type { Scan, Timeline } from './model.ts';
import { scanIdOf } from './scan-identity.ts';
import { type CodeTableName, meaningOf } from './source-codes.policy.ts';

/** Fixture of the tests of this module: a scan told in one line. `at` is `MM-DD hh:mm` of 2026, UTC. */
export function scan(
  at: string,
  code: string,
  changes: Partial<Scan> & { table?: CodeTableName } = {},
): Scan {
  const { table = 'native', ...rest } = changes;
  const occurredAt = rest.occurredAt ?? instant(`2026-${at.replace(' ', 'T')}:00Z`);
  const content = {
    source: rest.source ?? 'our_hands',
    number: rest.number ?? 'PR123456785XX',
    code,
    occurredAt,
    ...(rest.place === undefined ? {} : { place: rest.place }),
    ...(rest.correction === undefined ? {} : { correction: rest.correction }),
  };
  return {
    id: scanIdOf(content),
    parcel: 'pcl_06a2k9nxa1v5e6q0q6q6q6q6q6' as ParcelId,
    sourceKind: 'online_delivery',
    recognised: true,
    ...meaningOf(table, code),
    zoneConfidence: 'stated',
    receivedAt: occurredAt,
    synthetic: false,
    ...content,
    ...rest,
  };
}

/** "That scan was wrong": with a code it is replaced, with `withdrawn` it is taken away. */
export function correct(wrong: Scan, at: string, code: string, reason = 'found on the shelf'): Scan {
  return scan(at, code, { correction: { ofScan: wrong.id, author: 'desk-7', reason } });
}

export const CN = 'CN' as CountryCode;
export const ES = 'ES' as CountryCode;

/** An undisturbed life inside one country. */
export const DOMESTIC = [
  scan('03-01 08:00', 'order_created'),
  scan('03-01 10:00', 'picked_up'),
  scan('03-01 20:00', 'in_transit_local.arrived_facility'),
  scan('03-02 04:00', 'in_transit_local.departed_facility'),
  scan('03-02 07:00', 'arrived_delivery_depot'),
  scan('03-02 08:30', 'out_for_delivery'),
  scan('03-02 11:00', 'delivered.signed'),
];

/** status or substatus, leg, who has to act */
export function state(timeline: Timeline): string {
  const { status, substatus, leg, actionRequired } = timeline;
  return [substatus ?? status, leg ?? '-', actionRequired].join(' ');
}

export function names(list: Timeline['milestones']): string[] {
  return list.map((reached) => reached.name);
}
