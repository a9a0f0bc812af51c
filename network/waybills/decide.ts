import { accepted, type Outcome, refused } from '../kernel/index.ts';
import type { WaybillStatus } from './model.ts';

export type WaybillCommand =
  | 'print'
  | 'update'
  | 'cancel'
  | 'scan'
  | 'close'
  | 'expire'
  | 'request_interception'
  | 'confirm_interception'
  | 'end_interception';

type Cell = WaybillStatus | 'scanned' | 'conflict';

/**
 * Every state times every command (source: domain 12, Waybill). `scanned`: too late, the carrier has the parcel.
 * A scan after expiry brings the waybill back: the parcel is real, and an expired number is never issued again.
 * A scan of a cancelled number changes nothing here; tracking shows it.
 */
export const WAYBILL_STEPS: Readonly<Record<WaybillCommand, Readonly<Record<WaybillStatus, Cell>>>> = {
  print: row(
    'printed',
    'printed',
    'active',
    'intercepting',
    'intercepted',
    'conflict',
    'conflict',
    'conflict',
  ),
  update: row('issued', 'printed', 'scanned', 'scanned', 'scanned', 'scanned', 'conflict', 'conflict'),
  cancel: row('cancelled', 'cancelled', 'scanned', 'scanned', 'scanned', 'scanned', 'cancelled', 'conflict'),
  scan: row('active', 'active', 'active', 'intercepting', 'intercepted', 'closed', 'conflict', 'active'),
  close: row('conflict', 'conflict', 'closed', 'closed', 'closed', 'closed', 'conflict', 'conflict'),
  expire: row('expired', 'expired', 'scanned', 'scanned', 'scanned', 'scanned', 'conflict', 'expired'),
  request_interception: row(
    'conflict',
    'conflict',
    'intercepting',
    'intercepting',
    'conflict',
    'conflict',
    'conflict',
    'conflict',
  ),
  confirm_interception: row(
    'conflict',
    'conflict',
    'conflict',
    'intercepted',
    'intercepted',
    'conflict',
    'conflict',
    'conflict',
  ),
  end_interception: row(
    'conflict',
    'conflict',
    'active',
    'active',
    'conflict',
    'conflict',
    'conflict',
    'conflict',
  ),
};

function row(
  issued: Cell,
  printed: Cell,
  active: Cell,
  intercepting: Cell,
  intercepted: Cell,
  closed: Cell,
  cancelled: Cell,
  expired: Cell,
): Readonly<Record<WaybillStatus, Cell>> {
  return { issued, printed, active, intercepting, intercepted, closed, cancelled, expired };
}

/** The status after a command; the same status means that there was nothing to do. */
export function decideStep(
  status: WaybillStatus,
  command: WaybillCommand,
): Outcome<WaybillStatus, 'waybill_already_scanned' | 'waybill_state_conflict'> {
  const next = WAYBILL_STEPS[command][status];
  if (next === 'scanned') return refused('waybill_already_scanned', '');
  if (next === 'conflict') return refused('waybill_state_conflict', `The waybill is ${status}.`);
  return accepted(next);
}
