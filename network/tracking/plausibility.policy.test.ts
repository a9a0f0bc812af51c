import { describe, expect, it } from 'vitest';
import { type CountryCode, instant, type Position } from '../kernel/index.ts';
import { foldScans } from './fold.ts';
import { DOMESTIC, scan } from './life.fixture.ts';
import { isNotice, MILESTONE_NAMES, MILESTONES } from './milestones.policy.ts';
import { OWN_SOURCE, type Scan, type ScanPlace } from './model.ts';
import type { ParcelFacts } from './plausibility.policy.ts';

const CITIES: Readonly<Record<string, readonly [country: string, ...position: number[]]>> = {
  Berlin: ['DE', 52.5, 13.4],
  Leipzig: ['DE', 51.3, 12.4],
  Munich: ['DE', 48.1, 11.6],
  Madrid: ['ES', 40.4, -3.7],
  Shenzhen: ['CN', 22.5, 114.1],
  Hongkong: ['HK', 22.3, 114.2],
  Liege: ['BE', 50.6, 5.6],
  Sydney: ['AU', -33.9, 151.2],
};

const in_ = (city: string): { place: ScanPlace } => ({
  place: { country: (CITIES[city]?.[0] ?? city) as CountryCode, city },
});

function facts(...route: string[]): ParcelFacts {
  return {
    ...(route.length === 0 ? {} : { route: route as CountryCode[] }),
    discOf: ({ city = '' }) => {
      const [, latitude = 0, longitude = 0] = CITIES[city] ?? [];
      const position: Position = { latitude, longitude };
      return CITIES[city] === undefined ? undefined : { position, radiusMeters: 40_000 };
    },
  };
}

/** What is held back, as `code: reason`, and the status. */
function judged(scans: readonly Scan[], known: ParcelFacts) {
  const timeline = foldScans(scans, known);
  return [timeline.status, ...timeline.quarantined.map(({ code, reason }) => `${code}: ${reason}`)];
}

const label = scan('03-01 08:00', 'order_created', { source: OWN_SOURCE });
const WAY = [
  label,
  scan('03-01 10:00', 'picked_up', in_('Berlin')),
  scan('03-01 20:00', 'in_transit_local.arrived_facility', in_('Leipzig')),
  scan('03-02 07:00', 'arrived_delivery_depot', in_('Munich')),
];

describe('what cannot have happened when it is said to', () => {
  it.each<[string, Scan, string[]]>([
    ['hands on it a day before its label', scan('02-28 08:00', 'picked_up'), ['picked_up: before_label']],
    ['a clock that is some minutes off', scan('03-01 07:30', 'picked_up'), []],
    ['a notice before the label', scan('02-28 08:00', 'dispatch_declared'), []],
    ['an unread code before the label', scan('02-28 08:00', 'XYZ'), ['XYZ: before_label']],
    ['a local time that may be later', scan('02-28 20:00', 'picked_up', { zoneConfidence: 'unknown' }), []],
    [
      'a local time that is too early in every zone',
      scan('02-28 18:00', 'picked_up', { zoneConfidence: 'unknown' }),
      ['picked_up: before_label'],
    ],
    ['eleven minutes after its receipt', ahead('03-02 12:11', {}), ['out_for_delivery: in_future']],
    ['ten minutes after its receipt', ahead('03-02 12:10', {}), []],
    ['a local time of the farthest east', ahead('03-03 02:05', { zoneConfidence: 'unknown' }), []],
    [
      'a local time of no zone on earth',
      ahead('03-03 02:15', { zoneConfidence: 'unknown' }),
      ['out_for_delivery: in_future'],
    ],
    [
      'a facility that its source does not list',
      scan('03-02 08:00', 'out_for_delivery', { facilityUnknown: true }),
      ['out_for_delivery: unknown_facility'],
    ],
  ])('%s', (_, one, held) => {
    expect(judged([...WAY, one], facts('DE')).slice(1)).toEqual(held);
  });

  it('is judged of what this program recorded itself never', () => {
    const own = scan('02-20 08:00', 'picked_up', { source: OWN_SOURCE, ...in_('Sydney') });
    expect(judged([...WAY, own], facts('DE'))).toEqual(['in_transit']);
  });

  it('needs no order of arrival: a label that is known later judges what was before it', () => {
    const early = scan('02-20 08:00', 'delivered');
    expect(judged([early], facts())).toEqual(['delivered']);
    expect(judged([early, ...WAY], facts())).toEqual(['in_transit', 'delivered: before_label']);
  });
});

function ahead(at: string, changes: Partial<Scan>): Scan {
  return scan(at, 'out_for_delivery', { receivedAt: instant('2026-03-02T12:00:00Z'), ...changes });
}

describe('a place off the route', () => {
  const astray = scan('03-02 22:00', 'in_transit_local.arrived_facility', in_('Madrid'));
  const leaving = scan('03-03 03:00', 'in_transit_local.departed_facility', in_('Madrid'));
  const back = scan('03-04 07:00', 'arrived_delivery_depot', in_('Munich'));

  it('holds a single scan back, whether the parcel is seen at home afterwards or not', () => {
    const held = 'in_transit_local.arrived_facility: outside_route';
    expect(judged([...WAY, astray], facts('DE'))).toEqual(['in_transit', held]);
    expect(judged([...WAY, astray, back], facts('DE'))).toEqual(['in_transit', held]);
  });

  it('lets a missort live that is seen there twice or told by somebody on the route', () => {
    expect(judged([...WAY, astray, leaving, back], facts('DE'))).toEqual(['in_transit']);
    const told = scan('03-03 12:00', 'exception.missorted', in_('Munich'));
    expect(judged([...WAY, astray, told], facts('DE'))).toEqual(['exception']);
  });

  it('is not freed by what comes after the end of the parcel’s life', () => {
    const end = scan('03-03 10:00', 'delivered', in_('Munich'));
    const held = 'in_transit_local.arrived_facility: outside_route';
    const told = scan('03-05 12:00', 'exception.missorted', in_('Munich'));
    const again = scan('03-05 12:00', 'in_transit_local.departed_facility', in_('Madrid'));
    expect(judged([...WAY, astray, end, told], facts('DE'))).toEqual(['delivered', held]);
    expect(judged([...WAY, astray, end, again], facts('DE'))).toContain(held);
    expect(judged([...WAY, astray, leaving, end, told], facts('DE'))).toEqual(['delivered']);
  });

  it('is no evidence for itself', () => {
    const alone = scan('03-02 22:00', 'exception.missorted', in_('Madrid'));
    expect(judged([...WAY, alone], facts('DE'))[1]).toBe('exception.missorted: outside_route');
  });

  it('is judged only where the route is known', () => {
    expect(judged([...WAY, astray], facts())).toEqual(['in_transit']);
  });

  it('is at home across borders between the ends, and never at the door', () => {
    const abroad = [
      scan('03-01 10:00', 'picked_up', in_('Shenzhen')),
      scan('03-01 22:00', 'export_customs_out', in_('Hongkong')),
      scan('03-02 03:00', 'departed_origin', in_('Hongkong')),
      scan('03-03 20:00', 'transit_arrived', in_('Liege')),
      scan('03-04 08:00', 'import_customs_out', in_('Liege')),
      scan('03-05 08:00', 'arrived_delivery_depot', in_('Madrid')),
    ];
    expect(judged(abroad, facts('CN', 'ES'))).toEqual(['in_transit']);
    const elsewhere = scan('03-05 18:00', 'delivered', in_('Liege'));
    expect(judged([...abroad, elsewhere], facts('CN', 'ES'))).toEqual([
      'in_transit',
      'delivered: outside_route',
    ]);
  });
});

describe('a parcel does not fly', () => {
  const far = (at: string, code = 'delivered') => scan(at, code, in_('Sydney'));

  it('the scan that contradicts its agreeing neighbours loses, be it last, between or first', () => {
    for (const at of ['03-02 08:00', '03-01 22:00', '03-01 09:00'])
      expect(judged([...WAY, far(at)], facts()), at).toEqual(['in_transit', 'delivered: faster_than_travel']);
  });

  it('whatever its code says, an announcement aside', () => {
    for (const code of [...MILESTONE_NAMES.filter((name) => !isNotice(name)), 'XYZ']) {
      const { status, quarantined } = foldScans([...WAY, far('03-02 08:00', code)], facts());
      expect([code, status, quarantined.length]).toEqual([code, 'in_transit', 1]);
    }
    expect(MILESTONES.delivered.terminal).toBe(true);
  });

  it('an announcement flies: where it is made puts no scan in doubt, own records included', () => {
    for (const code of MILESTONE_NAMES.filter(isNotice))
      for (const source of ['our_hands', OWN_SOURCE])
        for (const at of ['03-01 09:30', '03-01 21:00', '03-02 08:00']) {
          const told = scan(at, code, { source, ...in_('Sydney') });
          const here = scan('03-02 09:00', 'out_for_delivery', in_('Munich'));
          const { quarantined, flags } = foldScans([...WAY, told, here], facts('DE'));
          expect([code, source, at, quarantined, flags]).toEqual([
            ...[code, source, at, []],
            code === 'order_created' && at !== '03-01 09:30' ? ['handover_before_order'] : [],
          ]);
        }
  });

  it('an announcement bears nothing out: not the place, not the country', () => {
    const told = ['03-02 07:30', '03-02 07:40', '03-02 09:00'].map((at) =>
      scan(at, 'dispatch_declared', in_('Sydney')),
    );
    const here = [
      scan('03-02 10:00', 'out_for_delivery', in_('Munich')),
      scan('03-03 07:50', 'at_point', in_('Munich')),
    ];
    for (const at of ['03-02 08:00', '03-03 08:00'])
      expect(judged([...WAY, ...told, far(at), ...here], facts()), at).toEqual([
        'available_for_pickup',
        'delivered: faster_than_travel',
      ]);
    const missorted = scan('03-02 08:10', 'dispatch_declared', { substatus: 'exception.missorted' });
    expect(judged([...WAY, ...told, missorted, far('03-02 08:00'), ...here], facts('DE'))).toEqual([
      'available_for_pickup',
      'delivered: outside_route',
    ]);
  });

  it('later evidence may turn the verdict', () => {
    const here = scan('03-01 10:00', 'picked_up', in_('Berlin'));
    const there = [far('03-01 12:00', 'warehouse_received'), far('03-01 15:00', 'warehouse_outbound')];
    expect(judged([here, ...there.slice(0, 1)], facts())[1]).toBe('warehouse_received: faster_than_travel');
    expect(judged([here, ...there], facts())).toEqual(['in_transit', 'picked_up: faster_than_travel']);
  });

  it('between equals the earlier is believed, and the doubt is shown', () => {
    const timeline = foldScans(
      [scan('03-01 10:00', 'picked_up', in_('Berlin')), far('03-01 12:00')],
      facts(),
    );
    expect(timeline).toMatchObject({ status: 'picked_up', flags: ['implausible_scan', 'travel_undecided'] });
  });

  it('between equals the shorter way is believed', () => {
    const at = [
      scan('03-01 10:00', 'picked_up', in_('Berlin')),
      scan('03-05 10:00', 'arrived_delivery_depot', in_('Madrid')),
      scan('03-07 10:00', 'out_for_delivery', in_('Madrid')),
    ];
    expect(judged([...at, far('03-05 09:00')], facts())[1]).toBe('delivered: faster_than_travel');
  });

  it('own records outweigh any number of others', () => {
    const own = scan('03-01 10:00', 'picked_up', { source: OWN_SOURCE, ...in_('Berlin') });
    expect(
      judged([own, far('03-01 11:00', 'linehaul'), far('03-01 12:00', 'departed_origin')], facts()),
    ).toEqual(['picked_up', 'linehaul: faster_than_travel', 'departed_origin: faster_than_travel']);
  });

  it('after its end a life is not undone by any number of scans', () => {
    const end = scan('03-02 11:00', 'delivered.signed', in_('Munich'));
    const flood = Array.from({ length: 30 }, (_, minute) =>
      far(`03-02 11:${String(minute + 10)}`, 'in_transit_local'),
    );
    const timeline = foldScans([...WAY, end, ...flood], facts());
    expect([timeline.status, timeline.quarantined.length]).toEqual(['delivered', 30]);
  });

  it('a delivery that nothing bears out is no end: later evidence refutes it', () => {
    const lie = far('03-01 09:00');
    expect(judged([label, lie, ...WAY.slice(1)], facts())[1]).toBe('delivered: faster_than_travel');
  });

  it('a day is enough for half the globe, and an unknown zone may hide one', () => {
    expect(judged([...WAY, far('03-03 07:00')], facts())).toEqual(['delivered']);
    const local = { zoneConfidence: 'unknown', ...in_('Sydney') } as const;
    expect(judged([...WAY, scan('03-02 15:00', 'delivered', local)], facts())).toEqual(['delivered']);
    const nowhere = scan('03-02 08:00', 'delivered', local);
    expect(judged([...WAY, nowhere], facts())[1]).toBe('delivered: faster_than_travel');
  });

  it('a vague scan builds no bridge between two far places', () => {
    const bridge = scan('03-02 07:30', 'in_transit_local', { zoneConfidence: 'unknown', ...in_('Leipzig') });
    expect(judged([...WAY, bridge, far('03-02 08:00')], facts())).toEqual([
      'in_transit',
      'delivered: faster_than_travel',
    ]);
  });

  it('what was corrected is no evidence', () => {
    const wrong = far('03-02 07:30', 'in_transit_local');
    const withdrawn = scan('03-02 07:30', 'withdrawn', {
      ...in_('Sydney'),
      correction: { ofScan: wrong.id, author: 'desk-7', reason: 'another parcel' },
    });
    expect(judged([...WAY, wrong, withdrawn], facts())).toEqual(['in_transit']);
  });

  it('a flood of contradictions is judged, too', () => {
    const flood = Array.from({ length: 3_000 }, (_, index) =>
      scan('03-01 12:00', 'in_transit_local', {
        occurredAt: instant(new Date(Date.UTC(2026, 2, 1, 12) + index * 1_000).toISOString()),
        ...in_(index % 2 === 0 ? 'Sydney' : 'Shenzhen'),
      }),
    );
    const { quarantined } = foldScans([...WAY, ...flood], facts());
    expect(quarantined.length).toBeGreaterThanOrEqual(1_500);
    expect(foldScans(DOMESTIC, facts('DE')).quarantined).toEqual([]);
  });
});
