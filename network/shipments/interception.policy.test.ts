import { describe, expect, test } from 'vitest';
import { type CountryCode, type Currency, instant } from '../kernel/index.ts';
import { compileLine, SHIPPED_LINES } from '../lines/index.ts';
import {
  checkInterceptable,
  checkNewPlace,
  decideInterception,
  INTERCEPTION_STATES,
  interceptionFee,
  isBeforeDeparture,
  isUnscanned,
} from './interception.policy.ts';
import { SHIPMENT_STATES } from './model.ts';

const TABLE = `
        requested  accepted   done       failed     cancelled
accept  accepted   =          -          -          -
refuse  failed     -          -          =          -
done    -          done       =          -          -
failed  -          failed     -          =          -
cancel  cancelled  cancelled  -          -          =`;

describe('an interception', () => {
  const [head = '', ...rows] = TABLE.trim().split('\n');
  const states = head.trim().split(/\s+/) as (typeof INTERCEPTION_STATES)[number][];
  test('knows every state', () => expect([...states].sort()).toEqual([...INTERCEPTION_STATES].sort()));
  for (const row of rows) {
    const [command = '', ...cells] = row.trim().split(/\s+/);
    for (const [index, cell] of cells.entries()) {
      test(`${command} from ${states[index]}: ${cell}`, () => {
        const outcome = decideInterception(states[index] as never, command as never);
        const told = !outcome.ok ? '-' : outcome.value.changed ? outcome.value.to : '=';
        expect(told).toBe(cell);
      });
    }
  }
  test('is asked for between the first scan and the end', () => {
    const open = SHIPMENT_STATES.filter((state) => checkInterceptable(state).ok);
    expect(open).toEqual([
      'picked_up',
      'inbound_rejected',
      'wait_send',
      'outbound_failed',
      'outbound_ok',
      'sent',
      'in_transit',
    ]);
    expect(SHIPMENT_STATES.filter(isUnscanned)).toEqual(['wait_receive', 'pickup_failed']);
    expect(SHIPMENT_STATES.filter(isBeforeDeparture)).toEqual([
      'picked_up',
      'inbound_rejected',
      'wait_send',
      'outbound_failed',
    ]);
  });
  test('costs a share of the quoted freight, rounded once', () => {
    const quoted = { amountMinor: 595, currency: 'EUR' as Currency };
    expect(interceptionFee('return', quoted).amountMinor).toBe(298);
    expect(interceptionFee('address_change', quoted).amountMinor).toBe(179);
  });
});

describe('a new address', () => {
  const shipped = SHIPPED_LINES.find((candidate) => candidate.code === 'eu_3_5_days');
  const line = shipped === undefined ? undefined : compileLine(shipped);
  const place = (country: string, postcode: string) => ({
    country: country as CountryCode,
    postcode,
    city: 'X',
  });
  const shipment = {
    from: place('DE', '10115'),
    to: place('DE', '80331'),
    purchasedAt: instant('2026-03-01T00:00:00.000Z'),
  };
  test('of the same country and price zone is taken', () => {
    expect(checkNewPlace(shipment, place('DE', '20095'), line!).ok).toBe(true);
  });
  test('abroad is refused with advice', () => {
    expect(checkNewPlace(shipment, place('FR', '75001'), line!)).toMatchObject({
      rejection: { code: 'recipient_elsewhere' },
    });
  });
  test('where the line does not go is refused', () => {
    const spain = { ...shipment, to: place('ES', '28001') };
    expect(checkNewPlace(spain, place('ES', '35001'), line!)).toMatchObject({
      rejection: { code: 'recipient_elsewhere' },
    });
  });
});
