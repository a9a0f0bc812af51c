import { describe, expect, it } from 'vitest';
import { type CountryCode, instant } from '../kernel/index.ts';
import { type Folded, foldHistory, foldOn, foldScans } from './fold.ts';
import { type FoldState, lastScanOf, packFoldState, START_OF_FOLD, unpackFoldState } from './fold-state.ts';
import { DOMESTIC, names, scan, state } from './life.fixture.ts';
import type { Scan, Timeline } from './model.ts';
import { EMPTY_TIMELINE } from './parcel.ts';

const ABROAD = [
  scan('03-01 08:00', 'order_created'),
  scan('03-01 10:00', 'EMA', { table: 'emsevt' }),
  scan('03-02 10:00', 'EMB', { table: 'emsevt' }),
  scan('03-02 12:00', 'EXA', { table: 'emsevt' }),
  scan('03-03 12:00', 'EXC', { table: 'emsevt' }),
  scan('03-04 01:00', 'EMC', { table: 'emsevt' }),
  scan('03-05 09:00', 'EMD', { table: 'emsevt' }),
  scan('03-05 10:00', 'EDB', { table: 'emsevt' }),
  scan('03-05 15:00', 'EME', { table: 'emsevt' }),
  scan('03-09 15:00', 'EDC', { table: 'emsevt' }),
  scan('03-09 18:00', 'EMF', { table: 'emsevt' }),
  scan('03-10 06:00', 'EDD', { table: 'emsevt' }),
  scan('03-11 08:00', 'EDG', { table: 'emsevt' }),
  scan('03-11 13:00', 'EMI', { table: 'emsevt' }),
];

/** status, substatus, leg, who has to act after each scan of a life. */
function told(scans: readonly Scan[]): string[] {
  return scans.map((_, index) => state(foldScans(scans.slice(0, index + 1))));
}

describe('the life of a parcel', () => {
  it('nothing heard is not found, and only an unread code is unknown', () => {
    expect(foldScans([])).toStrictEqual({
      status: 'not_found',
      terminal: false,
      actionRequired: 'none',
      milestones: [],
      returnMilestones: [],
      entries: [],
      attempts: 0,
      flags: [],
      unverified: [],
      quarantined: [],
    });
    const timeline = foldScans([scan('03-01 08:00', 'ZZ-42')]);
    expect(timeline).toMatchObject({ status: 'unknown', flags: ['unmapped_code'] });
    expect(timeline.firstScanAt).toBeUndefined();
    expect(timeline.lastScan?.code).toBe('ZZ-42');
  });

  it('a domestic parcel goes from order to signature', () => {
    expect(told(DOMESTIC)).toEqual([
      'info_received origin none',
      'picked_up origin none',
      'in_transit.arrived_facility linehaul none',
      'in_transit.departed_facility linehaul none',
      'in_transit.arrived_delivery_depot last_mile none',
      'out_for_delivery last_mile none',
      'delivered.signed last_mile none',
    ]);
    const timeline = foldScans(DOMESTIC);
    expect(timeline.terminal).toBe(true);
    expect(timeline.flags).toEqual([]);
    expect(timeline.firstScanAt).toBe(instant('2026-03-01T10:00:00Z'));
    expect(timeline.deliveredAt).toBe(instant('2026-03-02T11:00:00Z'));
    expect(timeline.lastScan?.code).toBe('delivered.signed');
    expect(names(timeline.milestones)).toEqual([
      'order_created',
      'picked_up',
      'in_transit_local',
      'arrived_delivery_depot',
      'out_for_delivery',
      'delivered',
    ]);
  });

  it('a parcel that was called off before anybody had it was never seen', () => {
    const ordered = scan('03-01 08:00', 'order_created');
    const cancelled = scan('03-01 09:00', 'cancelled');
    const timeline = foldScans([ordered, cancelled, scan('03-01 10:00', 'order_created')]);
    expect(timeline).toMatchObject({ status: 'cancelled', terminal: true, flags: [] });
    expect(timeline.firstScanAt).toBeUndefined();
    const picked = scan('03-01 08:30', 'picked_up');
    expect(foldScans([ordered, picked, cancelled]).firstScanAt).toBe(picked.occurredAt);
  });

  it('a parcel held by customs waits for the recipient and then goes on', () => {
    expect(told(ABROAD)).toEqual([
      'info_received origin none',
      'picked_up origin none',
      'in_transit.arrived_facility linehaul none',
      'in_transit.customs_export_started export none',
      'in_transit.customs_export_cleared export none',
      'in_transit.departed_origin_country linehaul none',
      'in_transit.arrived_destination_country import none',
      'in_transit.customs_import_started import none',
      'exception.customs_import_held import recipient',
      'in_transit.customs_import_cleared import none',
      'in_transit.handed_to_last_mile last_mile none',
      'in_transit.arrived_facility last_mile none',
      'out_for_delivery last_mile none',
      'delivered last_mile none',
    ]);
    expect(foldScans(ABROAD).flags).toEqual([]);
  });

  it('a parcel that nobody opened for is tried again', () => {
    const life = [
      ...DOMESTIC.slice(0, 6),
      scan('03-02 12:00', 'delivery_attempted.recipient_absent'),
      scan('03-03 08:30', 'out_for_delivery'),
      scan('03-03 12:00', 'delivery_attempted.address_problem'),
      scan('03-04 08:30', 'out_for_delivery'),
      scan('03-04 12:00', 'delivered'),
    ];
    expect(told(life).slice(6)).toEqual([
      'delivery_attempted.recipient_absent last_mile recipient',
      'out_for_delivery last_mile none',
      'delivery_attempted.address_problem last_mile shipper',
      'out_for_delivery last_mile none',
      'delivered last_mile none',
    ]);
    expect(foldScans(life)).toMatchObject({ attempts: 2, flags: [] });
  });

  it('a parcel on the shelf of a point is not delivered until it is collected', () => {
    const life = [...DOMESTIC.slice(0, 5), scan('03-02 09:00', '900', { table: 'cainiao' })];
    const waiting = foldScans(life);
    expect(waiting).toMatchObject({
      status: 'available_for_pickup',
      terminal: false,
      actionRequired: 'recipient',
    });
    expect(waiting.deliveredAt).toBeUndefined();
    const collected = foldScans([...life, scan('03-03 19:00', 'delivered.collected')]);
    expect(collected).toMatchObject({ status: 'delivered', substatus: 'delivered.collected', flags: [] });
  });

  it('a refused parcel goes back and its way back is a second list', () => {
    const life = [
      ...DOMESTIC.slice(0, 6),
      scan('03-02 12:00', 'refused'),
      scan('03-02 18:00', 'returning'),
      scan('03-03 04:00', 'in_transit_local.arrived_facility'),
      scan('03-03 05:00', 'damaged'),
      scan('03-04 04:00', 'out_for_delivery'),
      scan('03-04 12:00', 'returned'),
    ];
    expect(told(life).slice(6)).toEqual([
      'delivery_attempted.refused last_mile shipper',
      'returning return none',
      'returning return none',
      'returning return platform',
      'returning return none',
      'returned return none',
    ]);
    const timeline = foldScans(life);
    expect(timeline.terminal).toBe(true);
    expect(names(timeline.milestones)).not.toContain('returned');
    expect(names(timeline.returnMilestones)).toEqual([
      'returning',
      'in_transit_local',
      'damaged',
      'out_for_delivery',
      'returned',
    ]);
    expect(timeline.attempts).toBe(1);
  });

  it('on the way back it is the sender who is waited for', () => {
    const back = [...DOMESTIC.slice(0, 5), scan('03-02 18:00', 'returning')];
    for (const milestone of ['at_point', 'delivery_attempted', 'import_customs_held'])
      expect(state(foldScans([...back, scan('03-04 12:00', milestone)]))).toBe('returning return shipper');
  });

  it('a delivery on the way back is not taken for a delivery to the recipient', () => {
    const life = [
      ...DOMESTIC.slice(0, 5),
      scan('03-02 18:00', 'returning'),
      scan('03-04 12:00', 'delivered'),
    ];
    const timeline = foldScans(life);
    expect(timeline).toMatchObject({
      status: 'returning',
      terminal: false,
      actionRequired: 'platform',
      flags: ['delivered_while_returning'],
    });
    expect(timeline.deliveredAt).toBeUndefined();
    expect(foldScans([...life, scan('03-05 12:00', 'returned')]).status).toBe('returned');
  });
});

describe('contradictions are named, not refused', () => {
  it.each<[string, readonly Scan[], Timeline['flags'], string]>([
    [
      'a hand-over before the order',
      [scan('03-01 08:00', 'picked_up'), scan('03-01 09:00', 'order_created')],
      ['handover_before_order'],
      'picked_up',
    ],
    [
      'a dispatch declared after the hand-over is usual',
      [scan('03-01 08:00', 'picked_up'), scan('03-01 09:00', 'dispatch_declared')],
      [],
      'picked_up',
    ],
    [
      'a delivery before the hand-over',
      [
        scan('03-01 08:00', 'out_for_delivery'),
        scan('03-01 09:00', 'delivered'),
        scan('03-01 10:00', 'picked_up'),
      ],
      ['delivered_before_handover', 'scan_after_terminal'],
      'delivered',
    ],
    [
      'a delivery before it was out for delivery',
      [
        scan('03-01 08:00', 'picked_up'),
        scan('03-01 09:00', 'delivered'),
        scan('03-01 10:00', 'out_for_delivery'),
      ],
      ['delivered_before_out_for_delivery', 'scan_after_terminal'],
      'delivered',
    ],
    [
      'a delivery out of nothing',
      [scan('03-01 08:00', 'picked_up'), scan('03-01 09:00', 'delivered')],
      ['delivered_without_out_for_delivery'],
      'delivered',
    ],
    [
      'an export after the import',
      [scan('03-01 08:00', 'import_customs_out'), scan('03-01 09:00', 'export_customs_in')],
      ['contradictory_order'],
      'in_transit',
    ],
    [
      'a time without zone',
      [scan('03-01 08:00', 'picked_up', { zoneConfidence: 'unknown' })],
      ['unknown_zone'],
      'picked_up',
    ],
    [
      'a zone that was assumed',
      [scan('03-01 08:00', 'picked_up', { zoneConfidence: 'assumed' })],
      ['assumed_zone'],
      'picked_up',
    ],
  ])('%s', (_, scans, flags, status) => {
    expect(foldScans(scans)).toMatchObject({ flags, status });
  });

  it.each<[string, Timeline['flags']]>([
    ['dispatch_declared', []],
    ['pickup_failed', []],
    ['order_created', ['handover_before_order']],
    ['picked_up', ['delivered_before_handover', 'scan_after_terminal']],
  ])('after its delivery %s tells what it can contradict', (code, flags) => {
    const late = scan('03-03 08:00', code);
    const timeline = foldScans([...DOMESTIC.slice(1), late]);
    expect(timeline).toMatchObject({ flags, status: 'delivered' });
    expect(timeline.entries.at(-1)).toMatchObject({ scanId: late.id, effect: 'after_terminal' });
  });

  it('both instants of a contradictory life are kept', () => {
    const timeline = foldScans([scan('03-01 09:00', 'delivered'), scan('03-01 10:00', 'picked_up')]);
    expect(timeline.milestones.map(({ name, occurredAt }) => [name, occurredAt.slice(11, 16)])).toEqual([
      ['delivered', '09:00'],
      ['picked_up', '10:00'],
    ]);
  });

  it('scans of the same instant are read in the order of the way', () => {
    const at = '03-01 08:00';
    const codes = [
      'delivered',
      'order_created',
      'out_for_delivery',
      'lost',
      'picked_up',
      'import_customs_in',
    ];
    const timeline = foldScans(codes.map((code) => scan(at, code)));
    expect(timeline.entries.map((entry) => entry.code)).toEqual([
      'order_created',
      'picked_up',
      'import_customs_in',
      'out_for_delivery',
      'delivered',
      'lost',
    ]);
    expect(timeline.status).toBe('delivered');
  });
});

describe('what was last seen of a parcel', () => {
  const venlo = { place: { country: 'NL' as CountryCode, city: 'Venlo' } };
  const PICKED_UP = scan('03-01 10:00', 'picked_up', venlo);
  const UNREAD = scan('03-01 12:00', 'ZZ-42');
  const notice = (at: string, code = 'dispatch_declared') =>
    scan(at, code, { source: 'post', place: { country: 'ES' as CountryCode, city: 'Madrid' } });

  it.each<[string, readonly Scan[], Scan, string]>([
    ['is its announcement until somebody held it', [notice('03-01 08:00')], notice('03-01 08:00'), 'Madrid'],
    [
      'is its newest announcement after a code that nobody could read',
      [UNREAD, notice('03-02 08:00')],
      notice('03-02 08:00'),
      'Madrid',
    ],
    ['is no late announcement', [PICKED_UP, notice('03-02 08:00')], PICKED_UP, 'Venlo'],
    [
      'is no late attempt to pick it up',
      [PICKED_UP, notice('03-02 08:00', 'pickup_failed')],
      PICKED_UP,
      'Venlo',
    ],
    [
      'is a scan between two late announcements',
      [PICKED_UP, notice('03-01 11:00'), UNREAD, notice('03-02 08:00')],
      UNREAD,
      'Venlo',
    ],
  ])('%s, in one go and one by one', (_, scans, wanted, city) => {
    const { occurredAt } = wanted;
    expect(foldScans(scans).lastScan).toMatchObject({ scanId: wanted.id, occurredAt });
    expect(foldHistory(scans)).toMatchObject({ lastScan: { id: wanted.id }, at: { city } });
    let state: FoldState | undefined = START_OF_FOLD;
    let official = EMPTY_TIMELINE;
    for (const one of scans) {
      const folded: Folded | undefined = foldOn(official, state as FoldState, [one]);
      state = folded?.state && unpackFoldState(JSON.parse(packFoldState(folded.state)));
      official = folded?.official ?? EMPTY_TIMELINE;
    }
    expect(state).toMatchObject({ at: { city }, last: { id: scans.at(-1)?.id } });
    expect(lastScanOf(state as FoldState)).toMatchObject({ occurredAt });
  });
});

describe('sources', () => {
  it('an unrecognised delivery is shown and changes nothing', () => {
    const rumour = scan('03-02 06:00', 'delivered', { source: 'some_site', recognised: false, text: 'OK!' });
    const timeline = foldScans([...DOMESTIC.slice(0, 4), rumour]);
    expect(timeline).toMatchObject({ status: 'in_transit', flags: [] });
    expect(timeline.unverified).toEqual([
      {
        scanId: rumour.id,
        source: 'some_site',
        milestone: 'delivered',
        code: 'delivered',
        occurredAt: rumour.occurredAt,
        zoneConfidence: 'stated',
        synthetic: false,
        text: 'OK!',
      },
    ]);
  });

  it('of two copies the recognised one counts, even when it came later', () => {
    const first = { ...(DOMESTIC[1] as Scan), recognised: false };
    const later = { ...(DOMESTIC[1] as Scan), receivedAt: instant('2026-04-01T00:00:00Z') };
    for (const copies of [
      [first, later],
      [later, first],
    ]) {
      expect(foldScans(copies)).toMatchObject({ status: 'picked_up', unverified: [] });
    }
  });
});
