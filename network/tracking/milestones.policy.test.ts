import { describe, expect, it } from 'vitest';
import {
  actionAfter,
  legAfter,
  MILESTONE_NAMES,
  MILESTONES,
  orderOf,
  substatusAfter,
} from './milestones.policy.ts';
import { codesOf, meaningOf, WITHDRAWAL_CODE } from './source-codes.policy.ts';

describe('the table of milestones', () => {
  it('closes a parcel with exactly these', () => {
    expect(MILESTONE_NAMES.filter((name) => MILESTONES[name].terminal).sort()).toEqual([
      'cancelled',
      'delivered',
      'disposed',
      'lost',
      'returned',
    ]);
  });

  it('has a substatus of its own status in every row', () => {
    for (const name of MILESTONE_NAMES) {
      const { status, substatus } = MILESTONES[name];
      if (substatus !== undefined) expect(substatus.startsWith(`${status}.`), name).toBe(true);
    }
  });

  it('orders any two milestones of one instant', () => {
    const orders = MILESTONE_NAMES.map(orderOf);
    expect(new Set(orders).size).toBe(orders.length);
    expect(orderOf('unmapped')).toBeGreaterThan(Math.max(...orders));
  });

  it('never lets a carrier say expired, not found or unknown', () => {
    const told = new Set(MILESTONE_NAMES.map((name) => MILESTONES[name].status));
    for (const status of ['expired', 'not_found', 'unknown'] as const) expect(told.has(status)).toBe(false);
  });

  it('asks of every parcel a pick-up, a delivery run and a delivery, and more of one that crosses a border', () => {
    const asked = (which: string) => MILESTONE_NAMES.filter((name) => MILESTONES[name].mandatory === which);
    expect(asked('always')).toEqual(['picked_up', 'out_for_delivery', 'delivered']);
    expect(asked('cross_border')).toEqual([
      'export_customs_out',
      'departed_origin',
      'arrived_destination',
      'import_customs_out',
    ]);
  });
});

describe('legs', () => {
  it.each([
    ['in_transit_local', undefined, 'linehaul'],
    ['in_transit_local', 'origin', 'linehaul'],
    ['in_transit_local', 'import', 'last_mile'],
    ['in_transit_local', 'last_mile', 'last_mile'],
    ['exception', undefined, 'origin'],
    ['exception', 'export', 'export'],
    ['departed_origin', 'last_mile', 'linehaul'],
  ] as const)('%s after %s is on %s', (milestone, current, leg) => {
    expect(legAfter(milestone, current)).toBe(leg);
  });
});

describe('details', () => {
  it.each([
    ['delivered', 'delivered.signed', 'delivered.signed'],
    ['delivered', 'exception.lost', undefined],
    ['delivered', undefined, undefined],
    ['exception', 'exception.missorted', 'exception.missorted'],
    ['exception', 'exception.lost', undefined],
    ['exception', 'exception.destroyed', undefined],
    ['lost', 'exception.delayed', 'exception.lost'],
    ['linehaul', 'in_transit.arrived_facility', 'in_transit.arrived_facility'],
    ['at_point', 'available_for_pickup.locker', 'available_for_pickup.locker'],
  ] as const)('%s with %s is %s', (milestone, told, substatus) => {
    expect(substatusAfter(milestone, told)).toBe(substatus);
  });

  it('a duty that is due is for the recipient, bad weather for nobody', () => {
    expect(actionAfter('exception', 'exception.payment_due')).toBe('recipient');
    expect(actionAfter('exception', 'exception.delayed_weather')).toBe('none');
    expect(actionAfter('exception', undefined)).toBe('carrier');
  });
});

describe('codes of sources', () => {
  it.each([
    ['cainiao', '1000', 'delivered', 'delivered.signed'],
    ['cainiao', '950', 'delivered', 'delivered.proxy_or_neighbour'],
    ['cainiao', '900', 'at_point', undefined],
    ['cainiao', 'GTMS_STA_SIGNED', 'at_point', 'available_for_pickup.outlet'],
    ['cainiao', 'GTMS_SIGNED', 'delivered', undefined],
    ['cainiao', '475', 'customs_processing', undefined],
    ['taobao_open', 'ACCEPT', 'picked_up', undefined],
    ['qimen', 'ACCEPT', 'warehouse_accepted', undefined],
    ['qimen', 'DELIVERED', 'warehouse_outbound', undefined],
    ['emsevt', 'EMH', 'delivery_attempted', undefined],
    ['emsevt', 'EME', 'import_customs_held', undefined],
    ['native', 'returned', 'returned', undefined],
  ] as const)('%s %s is %s', (table, code, milestone, substatus) => {
    expect(meaningOf(table, code)).toEqual(
      substatus === undefined ? { milestone } : { milestone, substatus },
    );
  });

  it.each([
    '',
    'emi',
    'EMI ',
    '1001',
    '470',
    'toString',
    '__proto__',
    'constructor',
    'unmapped',
    'DELIVERED\n',
  ])('an unknown code %j is unmapped, never a guess', (code) => {
    for (const table of ['native', 'cainiao', 'taobao_open', 'emsevt'] as const) {
      expect(meaningOf(table, code)).toEqual({ milestone: 'unmapped' });
    }
  });

  it('every told detail survives beside its milestone', () => {
    for (const table of ['native', 'cainiao', 'taobao_open', 'qimen', 'emsevt'] as const) {
      for (const code of codesOf(table)) {
        const { milestone, substatus } = meaningOf(table, code);
        if (milestone === 'unmapped') throw new Error(`${code} is in the table without meaning`);
        if (substatus !== undefined) expect(substatusAfter(milestone, substatus), code).toBe(substatus);
      }
    }
  });

  it('a withdrawal has no meaning of its own', () => {
    expect(meaningOf('native', WITHDRAWAL_CODE)).toEqual({ milestone: 'unmapped' });
  });

  it('knows all 25 item events of EMSEVT', () => {
    expect(codesOf('emsevt')).toHaveLength(25);
  });
});
