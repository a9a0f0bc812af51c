import { describe, expect, test } from 'vitest';
import {
  lateEvents,
  type PointEvent,
  type PointStatementBundle,
  type PointStatementLine,
  verifyPointStatement,
} from './point-statement.ts';

const tariff = {
  currency: 'EUR',
  work: {
    parcel_stored: [
      { from: 1, amount_minor: 20 },
      { from: 3, amount_minor: 25 },
    ],
    parcel_handed_out: [{ from: 1, amount_minor: 20 }],
    parcel_sent_home: [{ from: 1, amount_minor: 20 }],
    return_accepted: [{ from: 1, share_basis_points: 1_000 }],
    return_handed_over: [{ from: 1, amount_minor: 10 }],
    mailing_accepted: [{ from: 1, share_basis_points: 1_000 }],
  },
  storage_share_basis_points: 5_000,
  outlet_share_basis_points: 7_000,
  deductions: { late_handover: 500, lost: 5_000, complaint_upheld: 500, wrong_hand_out: 2_500 },
};
const eur = (amount_minor: number) => ({ amount_minor, currency: 'EUR' });
const lineOf = (sequence: number, more: object): PointStatementLine =>
  ({
    id: `pcm_${sequence}`,
    sequence,
    kind: 'accrual',
    rule: 'parcel_stored',
    event_id: `evt_${sequence}`,
    event_type: 'ParcelStored',
    point_id: 'pnt_1',
    country: 'DE',
    subject: { kind: 'shelf_parcel', id: `spc_${sequence}` },
    occurred_at: '2026-11-25T10:00:00.000Z',
    accrued_at: '2026-11-25T10:00:01.000Z',
    rules_version_id: 'shipped',
    inputs: {},
    ...more,
  }) as PointStatementLine;

/** Worked out by hand from the words of network/commissions/README.md. */
const LINES: readonly PointStatementLine[] = [
  lineOf(1, { amount: eur(20), outlet_amount: eur(14), inputs: { month: '2026-11', month_count: 2 } }),
  // The third of the month reaches the second tier; 70 % of 25 is 17.5, half away from zero 18.
  lineOf(2, { amount: eur(25), outlet_amount: eur(18), inputs: { month: '2026-11', month_count: 3 } }),
  lineOf(3, {
    kind: 'counter',
    reverses: 'pcm_2',
    subject: { kind: 'shelf_parcel', id: 'spc_2' },
    amount: eur(-25),
    outlet_amount: eur(-18),
    inputs: { month: '2026-11', month_count: 3 },
  }),
  lineOf(4, {
    rule: 'storage_collected',
    amount: eur(-101),
    outlet_amount: eur(-101),
    inputs: { base_minor: 101 },
  }),
  lineOf(5, { rule: 'storage_share', amount: eur(51), outlet_amount: eur(36), inputs: { base_minor: 101 } }),
  lineOf(6, {
    rule: 'return_accepted',
    amount: eur(124),
    outlet_amount: eur(87),
    inputs: { month: '2026-11', month_count: 1, base_minor: 1_235 },
  }),
  lineOf(7, {
    kind: 'deduction',
    rule: 'late_handover',
    amount: eur(-500),
    outlet_amount: eur(-500),
    occurred_at: '2026-11-20T10:00:00.000Z',
  }),
];
const GOOD = {
  statement: {
    id: 'pst_1',
    organisation_id: 'org_1',
    week: '2026-11-23',
    zone: 'Europe/Berlin',
    starts_at: '2026-11-22T23:00:00.000Z',
    ends_at: '2026-11-29T23:00:00.000Z',
    lines: 7,
    late_lines: 1,
    opening: eur(-10),
    earned: eur(195),
    owed: eur(-601),
    closing: eur(-416),
    payout: eur(0),
    state: 'carried_over',
    closed_at: '2026-11-30T05:00:00.000Z',
  },
  lines: LINES,
  rules: [
    {
      version_id: 'shipped',
      document: { tariffs: {}, otherwise: tariff, appeal_days: 15, close_after_hours: 6 },
    },
  ],
} as unknown as PointStatementBundle;

const about = (bundle: PointStatementBundle) =>
  verifyPointStatement(bundle).map(({ line = 'statement', about: what }) => `${line} ${what}`);
/** The bundle with one line changed; the sums stay as they were. */
const planted = (sequence: number, more: object): PointStatementBundle => ({
  ...GOOD,
  lines: LINES.map((line) =>
    line.sequence === sequence ? ({ ...line, ...more } as PointStatementLine) : line,
  ),
});

describe('a statement that is worked out again', () => {
  test('adds up', () => expect(verifyPointStatement(GOOD)).toEqual([]));

  test('a wrong amount is found in its line and in the sums', () => {
    const wrong = planted(2, { amount: eur(24) });
    expect(verifyPointStatement(wrong)).toContainEqual({
      line: 'pcm_2',
      about: 'amount',
      expected: 25,
      found: 24,
    });
    expect(about(wrong)).toEqual(['pcm_2 amount', 'pcm_3 amount', 'statement earned', 'statement closing']);
  });

  test('a wrong amount is found although the sums were made to fit it', () => {
    const wrong = planted(6, { amount: eur(125) });
    const statement = { ...GOOD.statement, earned: eur(196), closing: eur(-415) };
    expect(about({ ...wrong, statement })).toEqual(['pcm_6 amount']);
  });

  test.each([
    ['the outlet’s part', 1, { outlet_amount: eur(13) }, 'pcm_1 outlet_amount'],
    ['a tier that is not reached', 1, { inputs: { month: '2026-11', month_count: 3 } }, 'pcm_1 amount'],
    ['no place in the month', 1, { inputs: {} }, 'pcm_1 tier'],
    ['unknown rules', 1, { rules_version_id: 'rbv_1' }, 'pcm_1 rules'],
    ['another currency', 4, { amount: { amount_minor: -101, currency: 'USD' } }, 'pcm_4 currency'],
    ['a later week', 1, { occurred_at: '2026-11-30T00:00:00.000Z' }, 'pcm_1 occurred_at'],
    ['a counter line without its line', 3, { reverses: undefined }, 'pcm_3 reverses'],
    [
      'a counter line of another thing',
      3,
      { subject: { kind: 'shelf_parcel', id: 'spc_9' } },
      'pcm_3 subject',
    ],
    ['a place that comes twice', 5, { sequence: 4 }, 'pcm_5 sequence'],
    ['a count that leaps', 2, { inputs: { month: '2026-11', month_count: 30 } }, 'pcm_2 month_count'],
    [
      'a late line that is told as one of the week',
      7,
      { occurred_at: '2026-11-25T10:00:00.000Z' },
      'statement late_lines',
    ],
  ])('finds %s', (_name, sequence, more, expected) => {
    expect(about(planted(sequence, more))).toContain(expected);
  });

  test('a missing line is found', () => {
    expect(about({ ...GOOD, lines: LINES.slice(0, -1) })).toEqual([
      'statement lines',
      'statement late_lines',
      'statement owed',
      'statement closing',
      'statement payout',
    ]);
  });

  test('events of the network are compared with the lines, and one without a line is found', () => {
    const event = (id: string, more: object = {}): PointEvent => ({
      id,
      type: 'shelf_parcel.stored',
      data: {
        organisation_id: 'org_1',
        point_id: 'pnt_1',
        occurred_at: '2026-11-25T10:00:00.000Z',
        ...more,
      },
    });
    expect(about({ ...GOOD, events: [event('evt_1'), event('evt_2')] })).toEqual([]);
    expect(about({ ...GOOD, events: [event('evt_1', { point_id: 'pnt_2' })] })).toEqual(['pcm_1 point_id']);
    expect(about({ ...GOOD, events: [event('evt_9')] })).toEqual(['statement event']);
    // Known when the week was closed: said to be so, and not missing.
    const line = lineOf(12, { event_id: 'evt_9' });
    const known = { ...GOOD, events: [event('evt_9')], later: [line] };
    expect([about(known), lateEvents(known)]).toEqual([
      ...[[], [{ event: 'evt_9', rule: 'parcel_stored', line: 'pcm_12' }]],
    ]);
    const told = (timestamp: string) => ({ ...GOOD, events: [{ ...event('evt_9'), timestamp }] });
    expect(about(told('2026-11-30T04:59:59.000Z'))).toEqual(['statement event']);
    expect(about(told('2026-11-30T06:00:00.000Z'))).toEqual([]);
    expect(lateEvents(told('2026-11-30T06:00:00.000Z'))).toMatchObject([{ event: 'evt_9', line: undefined }]);
    const later = event('evt_9', { occurred_at: '2026-12-01T10:00:00.000Z' });
    expect(about({ ...GOOD, events: [later, event('evt_8', { organisation_id: 'org_2' })] })).toEqual([]);
  });

  test('what a mailing cost and what was collected of it are those that its event told', () => {
    const mailed = {
      event_type: 'MailingAccepted',
      event_id: 'evt_m',
      subject: { kind: 'mailing', id: 'mlg_1' },
    };
    const inputs = { month: '2026-11', month_count: 1 };
    const lines = [
      lineOf(1, {
        ...{ ...mailed, rule: 'mailing_accepted', inputs: { ...inputs, base_minor: 1_000 } },
        ...{ amount: eur(100), outlet_amount: eur(70) },
      }),
      lineOf(2, {
        ...{ ...mailed, rule: 'freight_collected', inputs: { base_minor: 400 } },
        ...{ amount: eur(-400), outlet_amount: eur(-400) },
      }),
    ];
    const sums = { lines: 2, late_lines: 0, opening: eur(0), earned: eur(100), owed: eur(-400) };
    const statement = { ...GOOD.statement, ...sums, closing: eur(-300), payout: eur(0) };
    const event = (more: object): PointEvent => ({
      ...{ id: 'evt_m', type: 'mailing.accepted' },
      data: {
        ...{ organisation_id: 'org_operator', point_id: 'pnt_1', occurred_at: '2026-11-25T10:00:00.000Z' },
        ...{ freight: eur(1_000), collected: eur(400), ...more },
      },
    });
    const bundle = { ...GOOD, statement, lines };
    expect(about({ ...bundle, events: [event({})] })).toEqual([]);
    expect(about({ ...bundle, events: [event({ freight: eur(2_000) })] })).toEqual(['pcm_1 base_minor']);
    expect(about({ ...bundle, events: [event({ collected: eur(0) })] })).toEqual(['pcm_2 base_minor']);
    expect(about({ ...bundle, events: [{ ...event({}), id: 'evt_n' }] })).toEqual(['statement event']);
    const atDoor = { ...event({ point_id: undefined }), id: 'evt_n' };
    expect(about({ ...bundle, events: [atDoor] })).toEqual([]);
  });
});
