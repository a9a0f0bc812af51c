import { PostroadConnectionError, PostroadProblem } from '@postroad/sdk';
import { expect, test } from 'vitest';
import { NOTHING_SEEN, paidOf, seenOf } from '../field/mailing-intake.ts';
import type { FieldRecord } from '../field/record.ts';
import { broughtBy, placeIn, plainPickUpCode, scannedPlaceIn, spelled, writtenCodeIn } from './codes.ts';
import { pointDispatcher } from './dispatch.ts';
import { intakeOf, NOT_LOOKED } from './intake.ts';
import { hashOf, holds, judge, leaseOf, parcelOfHash, triedOnce, unlocked } from './lease.ts';
import type { PointApi } from './point-api.ts';
import { aboutNumber, isOverdue, isUndone, rowsOf, saidOf, shelfWith } from './shelf.ts';
import type { CounterReturn, MailingDuties, PointTask, ShelfParcel } from './tasks.ts';
import { withVisit } from './visit.ts';

const AT = '2026-11-29T08:00:00.000Z';
const NOW = Date.parse(AT);
let last = 0;
function recordOf(task: PointTask, about = 'x'): FieldRecord<PointTask> {
  last += 1;
  const whose = { person: 'per_1', world: 'live', state: 'waiting', label: '' } as const;
  return { ...whose, about, seq: last, id: `record-${last}`, at: AT, task };
}
const store = (number: string, pointId = 'pnt_1') =>
  recordOf(
    {
      ...{ kind: 'store', pointId, deviceId: 'dev_1' },
      action: { kind: 'store', number, place: '15-1' },
    },
    aboutNumber(number),
  );
const handOut = (number: string) =>
  recordOf({
    ...{ kind: 'hand_out', pointId: 'pnt_1', deviceId: 'dev_1' },
    action: { kind: 'hand_out', number, way: 'code', code: '15-1-1' },
  });
const problem = (code: string, status: number) =>
  new PostroadProblem({
    ...{ status, code, title: code, detail: '', errors: [] },
    ...{ requestId: undefined, retryAfterSeconds: undefined },
  });

function serverWith(more: Partial<PointApi> = {}) {
  const calls: unknown[][] = [];
  const names = [
    ...['move', 'report', 'resolve', 'setAside', 'sendBack', 'openReturn', 'takeReturn', 'turnAway'],
    ...['openMailing', 'takeMailing', 'turnMailingAway', 'handOverMailing'],
  ];
  const noted = (name: string) => [name, async (...given: unknown[]) => void calls.push([name, ...given])];
  const api = {
    ...Object.fromEntries([...names, 'handOver'].map(noted)),
    uploadPicture: async (...given: unknown[]) => {
      calls.push(['uploadPicture', ...given]);
      return `rpi_${calls.length}`;
    },
    ...more,
  } as unknown as PointApi;
  return { calls, dispatcher: pointDispatcher(api) };
}
const keep = async () => undefined;

test('takings in and hand-outs of one counter go together, two hundred at most; all else goes alone', () => {
  const { dispatcher } = serverWith();
  const move = recordOf({ kind: 'move', parcelId: 'spc_1', place: '2-1' });
  expect(dispatcher.together([store('A'), handOut('A'), move, store('B')])).toBe(2);
  expect(dispatcher.together([store('A'), store('B', 'pnt_2')])).toBe(1);
  expect(dispatcher.together([move, store('A')])).toBe(1);
  expect(dispatcher.together(Array.from({ length: 250 }, (_, index) => store(`N${index}`)))).toBe(200);
});

test('each action has its own answer: done or counted before is sent, a conflict is kept to be seen', async () => {
  const batch = [store('A'), handOut('B'), handOut('C'), store('D')];
  let sent: unknown;
  const { dispatcher } = serverWith({
    sync: async (pointId, deviceId, actions) => {
      sent = [pointId, deviceId, actions.map((one) => [one.client_id, one.occurred_at, one.number])];
      return [
        { client_id: batch[3]?.id ?? '', outcome: 'refused', detail: 'client_id_reused' },
        { client_id: batch[0]?.id ?? '', outcome: 'done', shelf_parcel_id: 'spc_a' },
        { client_id: batch[1]?.id ?? '', outcome: 'conflict', conflict: 'handed_out_elsewhere' },
        { client_id: batch[2]?.id ?? '', outcome: 'already', shelf_parcel_id: 'spc_c' },
      ];
    },
  });
  expect(await dispatcher.send(batch, keep)).toEqual([
    { outcome: 'sent', made: 'spc_a' },
    { outcome: 'refused', code: 'conflict.handed_out_elsewhere', detail: '' },
    { outcome: 'sent', made: 'spc_c' },
    { outcome: 'refused', code: 'client_id_reused', detail: 'client_id_reused' },
  ]);
  expect(sent).toEqual(['pnt_1', 'dev_1', batch.map(({ id }, index) => [id, AT, 'ABCD'[index]])]);
});

test('wrong codes and what is taken back go with the other acts, in their order', async () => {
  const first = handOut('B');
  const counted = { pointId: 'pnt_1', deviceId: 'dev_1' };
  const wrong = recordOf({
    ...{ kind: 'wrong_code', ...counted },
    action: { kind: 'wrong_code', number: 'B' },
  });
  const undo = recordOf({
    ...{ kind: 'undo', ...counted },
    action: { kind: 'undo', number: 'B', undoes: first.id },
  });
  const batch = [wrong, first, undo];
  let sent: unknown;
  const { dispatcher } = serverWith({
    sync: async (_point, _device, actions) => {
      sent = actions.map(({ client_id, kind, undoes }) => [client_id, kind, undoes]);
      return batch.map(({ id }) => ({ client_id: id, outcome: 'done' as const }));
    },
  });
  expect(dispatcher.together(batch)).toBe(3);
  expect(await dispatcher.send(batch, keep)).toEqual(batch.map(() => ({ outcome: 'sent' })));
  expect(sent).toEqual([
    [wrong.id, 'wrong_code', undefined],
    [first.id, 'hand_out', undefined],
    [undo.id, 'undo', first.id],
  ]);
});

test('no answer settles nothing', async () => {
  const sync = () => Promise.reject(new PostroadConnectionError('network', '/v1', undefined));
  await expect(serverWith({ sync }).dispatcher.send([store('A')], keep)).rejects.toThrow('no connection');
});

const RETURN: CounterReturn = {
  ...{ return_id: 'ret_1', order_reference: 'O-1', checklist: ['is_the_item'], needs_identity: true },
  items: [{ line: 1, description: 'Jacket', quantity: 1, reason: 'does_not_fit' }],
  ...{ freight_payer: 'buyer', payment: 'collected', carrier_code: 'sf', visit_ends_at: AT },
};
const SAID = {
  items: new Map([[1, { ...NOT_LOOKED, finding: 'as_described', checks: { is_the_item: true } } as const]]),
  ...{ weightGrams: 950, document: 'passport', freight: { amount_minor: 1_200, currency: 'CNY' } },
  parcel: { number: '', carrierCode: '' },
};
const intake = () => {
  const whole = intakeOf(RETURN, SAID);
  if (whole === undefined) throw new Error('the intake is not whole');
  return whole;
};
const takeReturn = (photos: readonly Blob[] = []) =>
  recordOf({
    ...{ kind: 'take_return', returnId: 'ret_1', pointId: 'pnt_1', code: '7K3M-PQ9C' },
    ...{ intake: intake(), photos, pictureIds: [] },
  });

test('photos of a return go first, once each, and the intake names them', async () => {
  const kept: FieldRecord<PointTask>[] = [];
  const { calls, dispatcher } = serverWith();
  const one = takeReturn([new Blob(['a']), new Blob(['b'])]);
  const settled = await dispatcher.send([one], async (record) => void kept.push(record));
  expect(settled).toEqual([{ outcome: 'sent' }]);
  expect(calls.map(([name, , , key]) => [name, key])).toEqual([
    ['uploadPicture', `photo-0-${one.id}`],
    ['uploadPicture', `photo-1-${one.id}`],
    ['takeReturn', one.id],
  ]);
  expect(calls[2]?.[2]).toMatchObject({ picture_ids: ['rpi_1', 'rpi_2'], occurred_at: AT });
  expect(kept.at(-1)?.task).toMatchObject({ photos: [], pictureIds: ['rpi_1', 'rpi_2'] });
});

test('a visit that was over before there was a network is opened once more by the code of the buyer', async () => {
  let tries = 0;
  const { calls, dispatcher } = serverWith({
    takeReturn: async () => {
      tries += 1;
      if (tries === 1) throw problem('return_visit_over', 409);
    },
  });
  expect(await dispatcher.send([takeReturn()], keep)).toEqual([{ outcome: 'sent' }]);
  expect([tries, calls]).toEqual([2, [['openReturn', 'pnt_1', '7K3M-PQ9C']]]);
  const refused = serverWith({ turnAway: () => Promise.reject(problem('return_state_conflict', 409)) });
  const turned = recordOf({
    ...{ kind: 'turn_away', returnId: 'ret_1', pointId: 'pnt_1', code: 'C', reason: 'other' },
  });
  expect(await refused.dispatcher.send([turned], keep)).toMatchObject([{ code: 'return_state_conflict' }]);
});

test('a parcel of a sender goes the same way: its visit is opened once more, and its hand-over is answered', async () => {
  let tries = 0;
  const { calls, dispatcher } = serverWith({
    takeMailing: async () => {
      tries += 1;
      if (tries === 1) throw problem('mailing_visit_over', 409);
    },
    handOverMailing: async () => 'mailing_state_conflict',
  });
  const about = { mailingId: 'mlg_1', pointId: 'pnt_1', code: '7K3M-PQ9C' };
  const measured = { weight_grams: 950 };
  const intake = { goods_class: 'normal', measured, checks: {}, price_list_shown: true } as const;
  const over = { kind: 'hand_over_mailing', pointId: 'pnt_1', mailingId: 'mlg_1' } as const;
  expect(
    await dispatcher.send([recordOf({ kind: 'take_mailing', ...about, intake }), recordOf(over)], keep),
  ).toEqual([
    { outcome: 'sent' },
    { outcome: 'refused', code: 'mailing_state_conflict', detail: 'mailing_state_conflict' },
  ]);
  expect([tries, calls]).toEqual([2, [['openMailing', 'pnt_1', '7K3M-PQ9C']]]);
});

test('nothing is taken in that the law of the place still asks something of', () => {
  const duties: MailingDuties = {
    ...{ needs_identity: true, document_kinds: ['passport'], needs_price_list: true },
    ...{ needs_inspection: true, checklist: ['packed_safely'] },
  };
  const seen = {
    document: 'passport',
    checks: { packed_safely: true },
    mark: ' YJ-1 ',
    priceListShown: true,
  };
  expect(seenOf(duties, seen)).toEqual({
    ...{ document_kind: 'passport', checks: { packed_safely: true } },
    ...{ inspection_mark: 'YJ-1', price_list_shown: true },
  });
  const lacking = [
    ...[{ document: undefined }, { checks: {} }, { checks: { packed_safely: false } }],
    ...[{ mark: ' ' }, { priceListShown: false }],
  ];
  for (const less of lacking) expect(seenOf(duties, { ...seen, ...less })).toBeUndefined();
  const free = { ...duties, needs_identity: false, needs_price_list: false, needs_inspection: false };
  expect(seenOf(free, NOTHING_SEEN)).toEqual({ checks: {}, price_list_shown: false });
});

test('above the agreed price the sender has a word, and exactly what is to be collected is paid', () => {
  const of = (amount_minor: number) => ({ amount_minor, currency: 'CNY' }) as const;
  const price = { total: of(1_166), needs_consent: true, to_collect: of(159) };
  expect(paidOf(price, { isAgreed: false, method: 'cash' })).toBeUndefined();
  expect(paidOf(price, { isAgreed: true, method: undefined })).toBeUndefined();
  expect(paidOf(price, { isAgreed: true, method: 'card' })).toEqual({
    ...{ agreed_total: of(1_166), payment: { method: 'card', amount: of(159) } },
  });
  const paid = { total: of(1_000), needs_consent: false, to_collect: of(0) };
  expect(paidOf(paid, { isAgreed: false, method: undefined })).toEqual({});
});

test('goods whose code was not read are told first, then their pictures; a code that opens nothing is shown', async () => {
  const kept: FieldRecord<PointTask>[] = [];
  const told: unknown[] = [];
  const take = recordOf({
    ...{
      kind: 'take_unread',
      pointId: 'pnt_1',
      deviceId: 'dev_1',
      photos: [new Blob(['a']), new Blob(['b'])],
    },
    goods: { code: '7K3M-PQ9C', weight_grams: 620 },
  });
  const server = (isMatched: boolean) =>
    serverWith({
      recordUnread: async (...given) => {
        told.push(given);
        return { id: 'unr_1', isMatched };
      },
      uploadUnreadPicture: async (...given) => void told.push(given.toSpliced(1, 1)),
    });
  const keepIt = async (record: FieldRecord<PointTask>) => void kept.push(record);
  expect(await server(true).dispatcher.send([take], keepIt)).toEqual([{ outcome: 'sent' }]);
  const said = { code: '7K3M-PQ9C', weight_grams: 620, client_id: take.id, occurred_at: AT };
  expect(told).toEqual([
    ['pnt_1', 'dev_1', said],
    ['unr_1', `photo-1-${take.id}`],
    ['unr_1', `photo-0-${take.id}`],
  ]);
  // What the server has of it is not told again.
  const [first, second] = kept as [FieldRecord<PointTask>, FieldRecord<PointTask>];
  told.length = 0;
  await server(true).dispatcher.send([second], keep);
  expect(told).toEqual([['unr_1', `photo-0-${take.id}`]]);
  expect(first.task).toMatchObject({ unread: { id: 'unr_1', isMatched: true } });
  expect(await server(false).dispatcher.send([take], keep)).toEqual([
    { outcome: 'refused', code: 'unread.unmatched', detail: '7K3M-PQ9C' },
  ]);
});

test('what a hand-over refuses of one parcel is its answer', async () => {
  const over = recordOf({ kind: 'hand_over', pointId: 'pnt_1', returnId: 'ret_1' });
  expect(await serverWith().dispatcher.send([over], keep)).toEqual([{ outcome: 'sent' }]);
  const refusing = serverWith({ handOver: async () => 'not_found' });
  expect(await refusing.dispatcher.send([over], keep)).toMatchObject([
    { outcome: 'refused', code: 'not_found' },
  ]);
});

test('an intake is whole when every item, the weight, the freight and what the case asks for are there', () => {
  expect(intake()).toMatchObject({ payment: 'collected', identity: { document_kind: 'passport' } });
  const lacking = [
    { items: new Map() },
    { items: new Map([[1, { ...NOT_LOOKED, finding: 'damaged' } as const]]) },
    { weightGrams: undefined },
    { freight: undefined },
    { document: undefined },
  ];
  for (const less of lacking) expect(intakeOf(RETURN, { ...SAID, ...less })).toBeUndefined();
  const missing = new Map([[1, { ...NOT_LOOKED, finding: 'missing' } as const]]);
  expect(intakeOf(RETURN, { ...SAID, items: missing })?.items).toEqual([
    { line: 1, finding: 'missing', checks: {} },
  ]);
  const { carrier_code: _carrier, ...unnumbered } = RETURN;
  expect(intakeOf(unnumbered, SAID)).toBeUndefined();
  const parcel = { number: 'SF1', carrierCode: 'sf' };
  expect(intakeOf(unnumbered, { ...SAID, parcel })?.parcel).toEqual({ number: 'SF1', carrier_code: 'sf' });
});

test('a code is read as the server reads it, a place as its kind of point has it', () => {
  const place = { form: 'place', scope: 'row' } as const;
  for (const said of ['15-1-7', ' 015\u201301-0007 ', '15.1.7', '15_1_7'])
    expect(plainPickUpCode(place, said)).toBe('15-1-7');
  expect(plainPickUpCode({ form: 'digits', digits: 6 }, ' 004 217 ')).toBe('004217');
  expect([writtenCodeIn('015-01-0007'), writtenCodeIn('a2-3-4')]).toEqual(['15-1-7', 'A2-3-4']);
  for (const other of ['15-1', '004217', 'PRC1234567', '']) expect(writtenCodeIn(other)).toBeUndefined();
  expect([placeIn('station', ' 015-01 '), placeIn('locker', 'b07')]).toEqual(['15-1', 'B07']);
  expect([placeIn('station', 'B07'), placeIn('shop', '15-1-7'), placeIn('locker', '')]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
  expect([scannedPlaceIn('locker', 'b07'), scannedPlaceIn('locker', 'PT100003')]).toEqual(['B07', undefined]);
  for (const code of ['7K3M-PQ9C', '7k3mpq9c', ' 7K3M PQ9C ']) expect(broughtBy(code)).toBe('either');
  const signed = `:7K3MPQ9C:${'a'.repeat(22)}`;
  expect([broughtBy(`PR1${signed}`), broughtBy(`PM1${signed}`)]).toEqual(['return', 'mailing']);
  for (const code of ['7K3M', 'PRC1234567', 'PR1:7K3MPQ9C:short', '0K3M-PQ9C!', `PX1${signed}`])
    expect(broughtBy(code)).toBeUndefined();
  expect([spelled(`PM1${signed}`), spelled('7K3M-PQ9C')]).toEqual(['7K3M-PQ9C', '7K3M-PQ9C']);
});

const SCHEME = { form: 'place', scope: 'row' } as const;
const CHECK = { salt: btoa('0123456789abcdef'), iterations: 1_000 };

test('a device opens only what it holds, by the right code, as long as it holds it', async () => {
  const right = await hashOf({ scheme: SCHEME, ...CHECK }, '15-1-7');
  const parcels = [{ id: 'spc_1', code_hash: right, wrong_tries: 0 }] as never;
  const answer = { device_id: 'dev_1', until: '2026-11-29T20:00:00.000Z', code_check: CHECK, parcels };
  const lease = leaseOf('pnt_1', SCHEME, answer, undefined);
  const ask = (more: object = {}) => ({
    ...({ parcelId: 'spc_1', way: 'code', hash: right, isSupervisor: false, now: NOW } as const),
    ...more,
  });
  expect(await hashOf(lease, '015 - 01 - 007')).toBe(right);
  expect(parcelOfHash(lease, right)).toBe('spc_1');
  expect(judge(lease, ask())).toBe('open');
  expect(judge(undefined, ask())).toBe('not_leased');
  expect(judge(lease, ask({ parcelId: 'spc_2' }))).toBe('not_leased');
  expect(judge(lease, ask({ now: Date.parse(answer.until) }))).toBe('lease_over');
  expect([holds(lease, 'spc_1', NOW), holds(lease, 'spc_1', Date.parse(answer.until))]).toEqual([
    true,
    false,
  ]);
  expect(judge(lease, ask({ hash: await hashOf(lease, '15-1-8') }))).toBe('code_wrong');
  expect(judge(lease, ask({ hash: undefined }))).toBe('code_wrong');
  expect(judge(lease, ask({ way: 'friend' }))).toBe('way_needs_network');
  expect(judge(lease, ask({ way: 'identity' }))).toBe('way_needs_network');
  expect(judge(lease, ask({ way: 'identity', isSupervisor: true }))).toBe('open');

  let tried = lease;
  for (let attempt = 0; attempt < 5; attempt += 1) tried = triedOnce(tried, 'spc_1');
  expect(judge(tried, ask())).toBe('locked');
  // A new lease allows no new tries; a supervisor does, here or where the server heard of him.
  expect(judge(leaseOf('pnt_1', SCHEME, answer, undefined), ask())).toBe('open');
  const heard = { ...answer, parcels: [{ id: 'spc_1', code_hash: right, wrong_tries: 5 }] as never };
  expect(judge(leaseOf('pnt_1', SCHEME, heard, lease), ask())).toBe('locked');
  expect(judge(leaseOf('pnt_1', SCHEME, answer, tried), ask())).toBe('locked');
  expect(judge(unlocked(tried, 'spc_1'), ask())).toBe('open');
});

const parcel = (id: string, more: Partial<ShelfParcel> = {}): ShelfParcel => ({
  ...{
    id,
    organisation_id: 'org_1',
    point_id: 'pnt_1',
    state: 'stored',
    number: `N-${id}`,
    announced_by: 'org_2',
  },
  ...{ size: 'm', wrong_tries: 0, is_extended: false, notices: 0, announced_at: AT, changed_at: AT },
  ...more,
});

test('the shelf shows what was recorded here before the server knows it', () => {
  const shelf = [parcel('a', { state: 'announced', number: 'A' }), parcel('b'), parcel('c'), parcel('d')];
  const ahead = [
    store('A'),
    recordOf({ kind: 'move', parcelId: 'b', place: '2-1' }, 'b'),
    { ...handOut('N-c'), about: 'c' },
    recordOf({ kind: 'set_aside', parcelId: 'd', reason: 'overdue' }, 'd'),
    store('UNKNOWN'),
  ];
  expect(shelfWith(shelf, ahead).map(({ id, state, place, isAhead }) => [id, state, place, isAhead])).toEqual(
    [
      ['a', 'stored', '15-1', true],
      ['b', 'stored', '2-1', true],
      ['d', 'returning', undefined, true],
    ],
  );
  expect(shelfWith(shelf, [])).toEqual(shelf);
});

test('what was taken back lies where it lay; handed out after that, it is gone', () => {
  const shelf = [parcel('a'), parcel('n', { state: 'announced', number: 'N' })];
  const undo = (one: FieldRecord<PointTask>) =>
    recordOf(
      {
        ...{ kind: 'undo', pointId: 'pnt_1', deviceId: 'dev_1' },
        action: { kind: 'undo', number: 'x', undoes: one.id },
      },
      one.about,
    );
  const gone = { ...handOut('N-a'), about: 'a' };
  const back = undo(gone);
  const stored = store('N');
  const ids = (ahead: readonly FieldRecord<PointTask>[]) =>
    shelfWith(shelf, ahead).map(({ id, state }) => `${id} ${state}`);
  expect(ids([gone])).toEqual(['n announced']);
  expect(ids([gone, back, stored, undo(stored)])).toEqual(['a stored', 'n announced']);
  const again = { ...handOut('N-a'), about: 'a' };
  expect(ids([gone, back, again])).toEqual(['n announced']);
  expect([gone, again].map((one) => isUndone([gone, back, again], one))).toEqual([true, false]);
  expect(isUndone([gone, { ...back, state: 'refused' }], gone)).toBe(false);
});

test('rows stand in the order of the shelf; parcels are found by number, name and the end of a phone', () => {
  const at = (place: string) => parcel(place, { place });
  expect(rowsOf(['10-1', '2-1', 'A-1', '2-1'].map(at)).map((row) => [row.place, row.parcels.length])).toEqual(
    [
      ...[
        ['2-1', 2],
        ['10-1', 1],
        ['A-1', 1],
      ],
    ],
  );
  const all = [
    parcel('a', { recipient_name: '\u738b\u82b3', recipient_phone: '138 **** 5678' }),
    parcel('b', { recipient_name: 'Katharina Lindner' }),
  ];
  const found = (said: string) => saidOf(all, said).map(({ id }) => id);
  expect([found('5678'), found('lind'), found('\u738b\u82b3'), found('N-')]).toEqual([
    ...[['a'], ['b'], ['a'], ['a', 'b']],
  ]);
  expect(found('N')).toEqual([]);
});

test('over its free time is what still waits and has an end', () => {
  expect(isOverdue(parcel('a', { free_until: AT }), NOW)).toBe(true);
  expect(isOverdue(parcel('a', { free_until: AT }), NOW - 1)).toBe(false);
  expect(isOverdue(parcel('a', { free_until: AT, state: 'returning' }), NOW)).toBe(false);
});

test('a buyer who shows his code again is one visit, since he first came', () => {
  const first = withVisit([], { code: 'A', at: AT });
  const both = withVisit(withVisit(first, { code: 'B', at: AT }), {
    ...{ code: 'A', at: '2026-11-29T09:00:00.000Z', opened: RETURN },
  });
  expect(both).toEqual([
    { code: 'B', at: AT },
    { code: 'A', at: AT, opened: RETURN },
  ]);
});
