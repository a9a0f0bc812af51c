import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyRing } from '../../platform/crypto/index.ts';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  addDays,
  addMs,
  type CountryCode,
  type Instant,
  instant,
  money,
  type OrganisationId,
  type Outcome,
  type PartyRef,
  refused,
} from '../kernel/index.ts';
import type { Order } from '../orders/index.ts';
import { createBlockIndex } from '../points/index.ts';
import { shipRulebook } from '../rulebooks/index.ts';
import { createVault } from '../vault/index.ts';
import { applyForReturn } from './apply.ts';
import { actForBuyer } from './buyer.ts';
import { returnCodes, shownCode } from './code.ts';
import { returnDesk, takeIn } from './counter.ts';
import { act, actOn, type By, CLOCKWORK } from './handle.ts';
import { answerClaim } from './insurance.ts';
import { type FreightInsurance, insertInsurance } from './insurance-store.ts';
import type { ReturnCase } from './model.ts';
import type { CounterPoint, HeldPlace, ReturnPorts } from './ports.ts';
import { returnJobs } from './reactions.ts';
import { chooseRoute, sendOn } from './route-choice.ts';
import { DEFAULT_RETURN_POLICY } from './rulebook.ts';
import { RETURN_POLICY_KIND } from './rulebook-kind.ts';
import { screen } from './seller.ts';
import { findReturn, listSteps, lockReturn } from './store.ts';

const MARKET = newId('org') as OrganisationId;
const MERCHANT = newId('org') as OrganisationId;
const POST = newId('org') as OrganisationId;
const SELLER: By = { party: 'seller', callerId: 'key_1' };
const CLERK: By = { party: 'point', callerId: 'key_2' };
const BUYER: By = { party: 'buyer', callerId: 'portal' };

let bed: TestWorld;
let now: Instant = instant('2026-03-02T08:00:00Z');
/** Points that still have room, best first; what was given back, and what was told of demand that found none. */
let open: CounterPoint[] = [];
const released: string[] = [];
let unserved = 0;

const pointOf = (name: string): CounterPoint => ({
  ...{ id: newId('pnt'), organisationId: POST, name, kind: 'post_office', services: ['return'] },
  ...{ country: 'CN' as CountryCode, city: 'Jinhua', addressLines: ['1 Main Road'], zone: 'Asia/Shanghai' },
  ...{ position: { latitude: 29.1, longitude: 119.6 }, state: 'active' },
});

const keyRing = createKeyRing({ kek: new Uint8Array(32).fill(3) });
const vault = createVault({ keyRing });
const ports: ReturnPorts = {
  vault,
  keyRing,
  blocks: createBlockIndex(keyRing, vault),
  rulebook: RETURN_POLICY_KIND,
  points: {
    find: async (_, id) => open.find((point) => point.id === id),
    worksAt: async (_, caller) => caller.organisationId === POST,
    takesReturns: async (_, id) => open.some((point) => point.id === id),
  },
  allocation: {
    listOptions: async () => open.map((point) => ({ point, distanceMeters: 900, score: 1, hours: [] })),
    reserve: async (work, _, { pointId }): Promise<Outcome<HeldPlace>> => {
      const point = open.find(({ id }) => pointId === undefined || id === pointId);
      if (point === undefined) return refused('no_point_fits', '');
      return accepted({
        ...{ id: newId('rsv'), organisationId: point.organisationId, pointId: point.id },
        startsAt: addMs(work.now, 3_600_000),
      });
    },
    recordUnserved: async () => {
      unserved += 1;
    },
    release: async (_, id) => {
      released.push(id);
    },
    recordIntake: async () => undefined,
  },
  doors: {
    list: async () => [],
    hold: async () => refused('pickup_window_unknown', ''),
    end: async () => undefined,
    carrierOf: async () => undefined,
  },
  numbers: {
    ensure: async () => accepted(undefined),
    issue: async () => refused('no_number_segment', ''),
    label: async () => refused('label_unavailable', ''),
  },
  defaultSender: async () => ({
    ref: newId('pty') as PartyRef,
    place: { country: 'CN' as CountryCode, city: 'Hangzhou' },
  }),
  ordersOfReference: async () => [],
};

beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
});
afterAll(() => bed?.stop());

async function within<T>(body: (work: Work) => Promise<T>, scope: OrganisationId = MERCHANT): Promise<T> {
  const outcome = await bed.world.command({ organisationId: scope }, async (work) =>
    accepted(await body(work)),
  );
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

const cny = (amountMinor: number) => ({ amountMinor, currency: money(0, 'CNY').currency });
function orderOf(quantity: number, recipientRef = newId('pty') as PartyRef): Order {
  return {
    ...{ id: newId('ord'), organisationId: MERCHANT, clientPlatformId: MARKET, reference: 'A-1' },
    ...{
      state: 'delivered',
      changedAt: addDays(now, -1),
      recipientRef,
      senderRef: undefined,
      from: undefined,
    },
    to: { country: 'CN', city: 'Jinhua' },
    goods: [
      {
        ...{ descriptionEn: 'Cotton shirt', quantity, unitValue: cny(5000), unitWeightGrams: 300 },
        goodsClass: 'normal',
      },
    ],
    orderAmount: cny(9999),
  } as unknown as Order;
}

const applicationOf = (objectId: string, quantity = 1, kind: ReturnCase['kind'] = 'return') => ({
  ...{ objectId, kind, pictureIds: [] },
  items: [{ line: 1, quantity, reason: kind === 'refund_only' ? 'not_received' : 'changed_mind' }],
});

async function apply(order: Order, objectId: string, quantity = 1, kind: ReturnCase['kind'] = 'return') {
  return bed.world.command({ organisationId: MERCHANT }, (work) =>
    applyForReturn(work, ports, order, BUYER, applicationOf(objectId, quantity, kind)),
  );
}

async function agreed(objectId: string): Promise<ReturnCase> {
  const outcome = await apply(orderOf(2), objectId);
  if (!outcome.ok) throw new Error(outcome.rejection.code);
  const one = await within((work) =>
    act(work, ports, outcome.value, SELLER, { kind: 'agree', by: 'seller' }),
  );
  if (!one.ok) throw new Error(one.rejection.code);
  return one.value;
}

const eventsOf = async (returnId: string, type: string): Promise<{ payload: Record<string, unknown> }[]> =>
  (
    await bed.owner.query(
      'select payload from platform.outbox_organisation where subject_id = $1 and type = $2',
      [returnId, type],
    )
  ).rows;

describe('what was ordered and paid', () => {
  test('eight buyers at once return no more pieces than were sold', async () => {
    const order = orderOf(3);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) => apply(order, `many-${index}`)),
    );
    const codes = outcomes.map((outcome) => (outcome.ok ? 'taken' : outcome.rejection.code)).sort();
    expect(codes).toEqual([...Array(5).fill('return_quantity_exceeded'), ...Array(3).fill('taken')]);
    const amounts = outcomes.map((outcome) => (outcome.ok ? outcome.value.amount.amountMinor : 0));
    expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(9999);
  });

  test('the same handle is the same return; of other goods it is refused', async () => {
    const order = orderOf(3);
    const [first, again, other] = [
      await apply(order, 'same'),
      await apply(order, 'same'),
      await apply(order, 'same', 2),
    ];
    expect(first.ok && again.ok && again.value.id === first.value.id).toBe(true);
    expect(other).toMatchObject({ rejection: { code: 'return_object_reused' } });
  });

  test('a return that is withdrawn frees its pieces', async () => {
    const order = orderOf(1);
    const first = await apply(order, 'w-1');
    expect(await apply(order, 'w-2')).toMatchObject({ rejection: { code: 'return_quantity_exceeded' } });
    if (!first.ok) throw new Error(first.rejection.code);
    await within((work) => act(work, ports, first.value, BUYER, { kind: 'withdraw' }));
    expect((await apply(order, 'w-3')).ok).toBe(true);
  });

  test('sixteen at once end a case: the refund is instructed once, and never more than was paid', async () => {
    const outcome = await apply(orderOf(2), 'once', 2);
    if (!outcome.ok) throw new Error(outcome.rejection.code);
    const { id } = outcome.value;
    await bed.owner.query(
      `update returns.return_case set state = 'received', due_at = $2 where return_id = $1`,
      [id, now],
    );
    const rings = Array.from({ length: 16 }, () =>
      within((work) => act(work, ports, outcome.value, CLOCKWORK, { kind: 'time_out' })),
    );
    await Promise.all(rings);
    const told = await eventsOf(id, 'RefundInstructed');
    expect(told.map(({ payload }) => payload.refund)).toEqual([cny(9999)]);
    const [money_] = (
      await bed.owner.query('select * from returns.order_money where order_id = $1', [outcome.value.orderId])
    ).rows;
    expect(money_).toMatchObject({ paid_minor: '9999', refunded_minor: '9999' });
    const change = 'update returns.order_money set refunded_minor = paid_minor + 1 where order_id = $1';
    await expect(bed.owner.query(change, [outcome.value.orderId])).rejects.toThrow(/check/);
  });

  test('who asks for small refunds without goods again and again is looked at by a person', async () => {
    const buyer = newId('pty') as PartyRef;
    const states: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      const order = { ...orderOf(2, buyer), orderAmount: cny(4000) };
      const outcome = await apply(order, `kept-${index}`, 1, 'refund_only');
      states.push(outcome.ok ? outcome.value.state.name : outcome.rejection.code);
      if (index === 2 && outcome.ok)
        expect(outcome.value.risk.findings).toEqual([
          expect.objectContaining({ rule: 'many_refunds_only', count: 2 }),
        ]);
    }
    expect(states).toEqual(['refunded', 'refunded', 'applied']);
  });
});

describe('codes', () => {
  const clerk = (id: string): Principal =>
    ({ id, organisationId: POST, organisationKind: 'point_operator', personId: undefined }) as Principal;
  const read = (caller: Principal, pointId: CounterPoint['id'], code: string) =>
    within(async (work) => returnDesk(ports).readCode(work, ports, caller, { pointId, code }), POST);

  test('are all different, and one that has run out may be drawn again', async () => {
    const one = await agreed('codes');
    const codes = new Set<string>();
    const ids = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const id = newId('ret');
        await within((work) =>
          returnCodes.issue(work, ports, { id, organisationId: MERCHANT }, addDays(now, 7)),
        );
        return id;
      }),
    );
    const kept = await bed.owner.query('select code_index from returns.code where return_id = any($1)', [
      ids,
    ]);
    for (const row of kept.rows) codes.add(row.code_index.toString('hex'));
    expect(codes.size).toBe(40);
    expect(one.sealedCode).toBeUndefined();
  });

  test('five wrong ones lock a clerk for an hour, the right one included; his colleague goes on', async () => {
    const point = pointOf('Counter');
    open = [point];
    const one = await agreed('locked');
    const routed = await within((work) => chooseRoute(work, ports, one, BUYER, { method: 'point' }));
    if (!routed.ok) throw new Error(routed.rejection.code);
    const shown = await within((work) => shownCode(work.db, ports, routed.value, now));
    const code = shown?.code ?? '';
    const guesses = await Promise.all(
      Array.from({ length: 5 }, () => read(clerk('key_a'), point.id, '2222-2222')),
    );
    const left = guesses.map((guess) =>
      guess.ok && 'triesLeft' in guess.value ? guess.value.triesLeft : -1,
    );
    expect(left.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await read(clerk('key_a'), point.id, code)).toMatchObject({
      rejection: { code: 'return_code_locked' },
    });
    expect(await read(clerk('key_b'), point.id, code)).toMatchObject({ value: { subjectId: one.id } });
    expect(await read(clerk('key_b'), point.id, shown?.qr ?? '')).toMatchObject({
      value: { subjectId: one.id },
    });
    now = addMs(now, 3_600_001);
    expect(await read(clerk('key_a'), point.id, code)).toMatchObject({ value: { subjectId: one.id } });
    now = addDays(now, 8);
    expect(await read(clerk('key_b'), point.id, code)).toMatchObject({ value: { triesLeft: 4 } });
  });
});

describe('at the counter', () => {
  const bands = [{ upToMeters: 2_000_000, amount: cny(900) }];
  const intakeOf = (payment: 'collected' | 'insured') => ({
    items: [
      {
        ...{ line: 1, finding: 'as_described' as const },
        checks: { is_the_item: true, is_complete: true, looks_unused: true },
      },
    ],
    ...{ weightGrams: 400, identity: { documentKind: 'passport' }, payment, freight: cny(1200) },
    ...{ pictureIds: [], parcel: { number: 'SF1000000000001', carrierCode: 'sf_express' }, occurredAt: now },
  });

  /** Applied for, agreed to and routed. */
  async function brought(order: Order, objectId: string): Promise<ReturnCase> {
    open = [pointOf('Counter')];
    const applied = await apply(order, objectId);
    if (!applied.ok) throw new Error(applied.rejection.code);
    await within((work) => act(work, ports, applied.value, SELLER, { kind: 'agree', by: 'seller' }));
    const routed = await within((work) =>
      chooseRoute(work, ports, applied.value, BUYER, { method: 'point' }),
    );
    if (!routed.ok) throw new Error(routed.rejection.code);
    return routed.value;
  }
  const take = (one: ReturnCase, payment: 'collected' | 'insured') =>
    within((work) =>
      takeIn(work, ports, one, CLERK, { pointId: open[0]?.id, organisationId: POST }, intakeOf(payment)),
    );

  test('an insured freight is claimed once, up to its cover, and accepted and paid once each', async () => {
    const order = orderOf(2);
    const insurance: FreightInsurance = {
      ...{ id: newId('rin'), organisationId: MERCHANT, clientPlatformId: MARKET, orderId: order.id },
      ...{ insurer: 'Ping An', boughtBy: 'seller', premium: cny(60), bands, state: 'active', boughtAt: now },
    };
    expect(await within((work) => insertInsurance(work.db, insurance))).toBe(true);
    expect(await within((work) => insertInsurance(work.db, { ...insurance, id: newId('rin') }))).toBe(false);
    const one = await brought(order, 'insured');
    expect(one.freightPayer).toBe('insurer');
    expect(await take(one, 'collected')).toMatchObject({ rejection: { code: 'return_payment_mismatch' } });
    expect(await take(one, 'insured')).toMatchObject({ value: { state: { name: 'accepted_at_point' } } });
    expect(await take(one, 'insured')).toMatchObject({ rejection: { code: 'return_state_conflict' } });
    const told = await eventsOf(one.id, 'InsuranceReported');
    expect(told.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ claim: cny(900), uncovered: cny(300), payTo: POST, insurer: 'Ping An' }),
    ]);
    const answers = [];
    for (const state of ['paid', 'accepted', 'accepted', 'paid', 'paid'] as const) {
      const answer = await within((work) => answerClaim(work, one, state));
      answers.push(answer.ok ? state : answer.rejection.code);
    }
    const conflict = 'return_claim_conflict';
    expect(answers).toEqual([conflict, 'accepted', conflict, 'paid', conflict]);
    expect(await eventsOf(one.id, 'InsurancePaid')).toHaveLength(1);
    // What was claimed is used up: the next return of the order is the buyer's own affair.
    const next = await apply(order, 'not-insured');
    expect(next).toMatchObject({ value: { freightPayer: 'buyer' } });
  });

  test('goods that are not in order are refunded as graded once the buyer accepts it', async () => {
    const one = await brought(orderOf(2), 'worn');
    await take(one, 'collected');
    await within((work) => act(work, ports, one, SELLER, { kind: 'receive' }));
    const grades = [
      { line: 1, grade: 'no_ok', quality: 2, reason: 'give_up_unsealed', refundMinor: 2_000 },
    ] as const;
    const screened = await within((work) => screen(work, ports, one, SELLER, grades));
    expect(screened).toMatchObject({ value: { state: { name: 'screened' } } });
    await within((work) => actForBuyer(work, ports, one, BUYER, { action: 'accept_screening' }));
    const told = await eventsOf(one.id, 'RefundInstructed');
    expect(told.map(({ payload }) => payload.refund)).toEqual([cny(2000)]);
  });

  test('a market that trusts its counters pays when the goods are in, and never again', async () => {
    const generous = { ...DEFAULT_RETURN_POLICY, refundAtCounter: { upTo: { CNY: 6_000 }, maxRisk: 20 } };
    await bed.world.command('network', async (work) =>
      accepted(await shipRulebook(work, { kind: RETURN_POLICY_KIND, document: generous })),
    );
    now = addMs(now, 1_000);
    const one = await brought(orderOf(2), 'trusted');
    const taken = await take(one, 'collected');
    expect(taken).toMatchObject({ value: { state: { name: 'accepted_at_point' } } });
    await within((work) => act(work, ports, one, SELLER, { kind: 'receive' }));
    const grades = [{ line: 1, grade: 'ok', quality: 1 }] as const;
    const ended = await within((work) => screen(work, ports, one, SELLER, grades));
    expect(ended).toMatchObject({ value: { state: { name: 'refunded' } } });
    const told = await eventsOf(one.id, 'RefundInstructed');
    expect(told.map(({ payload }) => [payload.basis, payload.refund])).toEqual([['counter', cny(4999)]]);
  });
});

describe('a place that is lost', () => {
  test('sends the buyer on with the code that he has, and leaves the choice to him where none is left', async () => {
    const [first, second] = [pointOf('First'), pointOf('Second')];
    open = [first, second];
    const one = await agreed('sent-on');
    const routed = await within((work) =>
      chooseRoute(work, ports, one, BUYER, { method: 'point', pointId: first.id }),
    );
    expect(routed).toMatchObject({ value: { state: { name: 'code_issued' }, point: { id: first.id } } });
    const before = routed.ok
      ? await within((work) => shownCode(work.db, ports, routed.value, now))
      : undefined;
    open = [second];
    await within((work) => sendOn(work, ports, one, { pointId: first.id, reason: 'point_exited' }));
    const moved = await within((work) => findReturn(work.db, one.id));
    expect(moved?.route).toMatchObject({ method: 'point', pointId: second.id, reason: 'point_exited' });
    expect(released).toHaveLength(1);
    const shownNow = moved && (await within((work) => shownCode(work.db, ports, moved, now)));
    expect(shownNow?.code).toBe(before?.code);
    open = [];
    await within((work) => sendOn(work, ports, one, { pointId: second.id, reason: 'point_suspended' }));
    const lost = await within((work) => findReturn(work.db, one.id));
    expect(lost).toMatchObject({ state: { name: 'agreed' }, route: undefined, point: undefined });
    expect(unserved).toBe(1);
    expect(await eventsOf(one.id, 'ReturnRouteLost')).toHaveLength(1);
  });
});

describe('clocks', () => {
  test('ring once for the state they were set for, and a state that moved on hears nothing', async () => {
    const outcome = await apply(orderOf(1), 'clock');
    if (!outcome.ok) throw new Error(outcome.rejection.code);
    const { id, organisationId, state } = outcome.value;
    const dueAt = 'dueAt' in state ? state.dueAt : now;
    const jobs = await bed.owner.query('select key from platform.job where kind = $1 and key like $2', [
      'returns.clock',
      `${id}/%`,
    ]);
    expect(jobs.rows).toEqual([{ key: `${id}/${dueAt}` }]);
    const [clock] = returnJobs(ports);
    const ring = () =>
      bed.world.command('network', async (work) =>
        accepted(await clock?.run(work, { organisationId, returnId: id } as never, undefined as never)),
      );
    await ring();
    expect(await within((work) => findReturn(work.db, id))).toMatchObject({ state: { name: 'applied' } });
    now = dueAt;
    await ring();
    expect(await within((work) => findReturn(work.db, id))).toMatchObject({ state: { name: 'agreed' } });
    await ring();
    const steps = await within((work) => listSteps(work.db, { organisationId, id }));
    expect(steps.map(({ fact, party }) => [fact, party])).toEqual([
      ['applied', 'buyer'],
      ['agreed', 'rules'],
    ]);
  });
});

test('a case belongs to its merchant; its marketplace and the counter that has it read it, nobody else', async () => {
  const one = await agreed('walls');
  await within(async (work) => {
    const locked = await lockReturn(work.db, MERCHANT, one.id);
    if (locked === undefined) throw new Error('it is there');
    open = [pointOf('Wall')];
    return chooseRoute(work, ports, locked, BUYER, { method: 'point' });
  });
  const seenBy = (organisationId: OrganisationId) =>
    bed.world.read({ organisationId }, async (db) => (await findReturn(db, one.id))?.id);
  expect(await seenBy(MERCHANT)).toBe(one.id);
  expect(await seenBy(MARKET)).toBe(one.id);
  expect(await seenBy(POST)).toBe(one.id);
  expect(await seenBy(newId('org') as OrganisationId)).toBeUndefined();
  const refusedOnce = await within(async (work) => {
    const locked = await lockReturn(work.db, MERCHANT, one.id);
    return locked && actOn(work, ports, locked, SELLER, { kind: 'receive' });
  });
  expect(refusedOnce).toMatchObject({ rejection: { code: 'return_state_conflict' } });
});
