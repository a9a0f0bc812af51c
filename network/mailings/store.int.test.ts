import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKeyRing } from '../../platform/crypto/index.ts';
import { sql } from '../../platform/db/index.ts';
import { newId, type Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addDays,
  addMs,
  type CountryCode,
  type Instant,
  instant,
  money,
  type OrganisationId,
  type PartyRef,
} from '../kernel/index.ts';
import { createVault } from '../vault/index.ts';
import { mailingCodes } from './code.ts';
import { PORTAL } from './code-store.ts';
import { act, begin, SENDER } from './handle.ts';
import type { Intake, Mailing, MailingState } from './model.ts';
import { mailingJobs } from './reactions.ts';
import {
  countOpenOf,
  findByObjectId,
  findMailing,
  listMailings,
  listOfNumber,
  listSentTo,
  listSteps,
  lockMailing,
  saveMailing,
} from './store.ts';

const APP = newId('org') as OrganisationId;
const POST = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const POINT = newId('pnt');
const keyRing = createKeyRing({ kek: new Uint8Array(32).fill(5) });
const ports = { keyRing, vault: createVault({ keyRing }) };

let bed: TestWorld;
let now: Instant = instant('2026-03-02T08:00:00Z');
beforeAll(async () => {
  bed = await startTestWorld({ now: () => now });
});
afterAll(() => bed?.stop());

async function within<T>(
  body: (work: Work) => Promise<T>,
  scope: OrganisationId | 'network' = APP,
): Promise<T> {
  const outcome = await bed.world.command(
    scope === 'network' ? scope : { organisationId: scope },
    async (work) => accepted(await body(work)),
  );
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

const place = { country: 'CN' as CountryCode, city: 'Jinhua', postcode: '322000' };
const cny = (amountMinor: number) => money(amountMinor, 'CNY');
const mailingOf = (objectId: string, more: Partial<Mailing> = {}): Mailing => ({
  ...{ id: newId('mlg'), organisationId: APP, clientPlatformId: undefined, objectId, version: 0 },
  placedBy: 'app',
  state: { name: 'placed', dueAt: addDays(now, 7) },
  ...{ senderRef: newId('pty') as PartyRef, recipientRef: newId('pty') as PartyRef, from: place, to: place },
  goods: { description: 'Ham', goodsClass: 'normal', quantity: 1 },
  declared: { weightGrams: 900 },
  quoted: {
    ...{ lineCode: 'cn_domestic_express', lineVersion: 1, carrierCode: 'postroad_express_cn' },
    ...{ charges: [], total: cny(848), promisedAt: addDays(now, 3), quotedAt: now },
  },
  ...{ ceiling: cny(848), payment: 'counter', holdSetId: undefined, rulebookVersionId: 'shipped' },
  ...{ handover: undefined, sealedCode: undefined, codeExpiresAt: undefined },
  ...{ intake: undefined, parcel: undefined, point: undefined, placedAt: now, changedAt: now },
  ...more,
});
const placed = (objectId: string, more: Partial<Mailing> = {}) =>
  within(async (work) => {
    const placed = await begin(work, mailingOf(objectId, more), SENDER);
    if (placed === undefined) throw new Error('the handle is taken');
    return placed;
  });
const INTAKE: Intake = {
  ...{
    pointId: POINT,
    byOrganisationId: POST,
    byCaller: 'key_1',
    occurredAt: instant('2026-03-02T09:00:00Z'),
  },
  ...{
    goodsClass: 'normal',
    measured: { weightGrams: 910 },
    documentKind: 'passport',
    checks: { seen: true },
  },
  ...{ inspectionMark: 'YJ-1', priceListShown: true, charges: [], freight: cny(848), collected: cny(848) },
  ...{ paidBy: 'cash', chargeId: undefined },
};

describe('what is kept', () => {
  test('is read as it was written, in every state', async () => {
    const states: MailingState[] = [
      { name: 'placed', dueAt: addDays(now, 7) },
      { name: 'accepted', dueAt: addDays(now, 1), isLate: false },
      { name: 'accepted', dueAt: undefined, isLate: true },
      { name: 'in_transit', dueAt: addDays(now, 14), isLate: false },
      ...(['delivered', 'returned', 'lost'] as const).map((name) => ({ name })),
      { name: 'closed', reason: 'undone' },
    ];
    const standing = await placed('states');
    const parcel = {
      ...{ number: 'PRC1', carrierCode: 'postroad_express_cn' },
      waybillId: undefined,
      parcelId: undefined,
    };
    for (const state of states) {
      const point = { organisationId: POST, id: POINT };
      const one: Mailing = {
        ...standing,
        state,
        intake: INTAKE,
        parcel,
        point,
        sealedCode: new Uint8Array([1, 2]),
      };
      await within((work) => saveMailing(work.db, one));
      const found = await within((work) => findMailing(work.db, one.id));
      expect(found && { ...found, sealedCode: [...(found.sealedCode ?? [])] }).toEqual({
        ...one,
        sealedCode: [1, 2],
      });
    }
    expect(await within((work) => listOfNumber(work.db, 'PRC1'), 'network')).toEqual([
      { organisationId: APP, id: standing.id },
    ]);
  });

  test('a handle is one mailing, whoever is first', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => within((work) => begin(work, mailingOf('once'), SENDER))),
    );
    const placed = outcomes.filter((one) => one !== undefined);
    expect(placed).toHaveLength(1);
    const found = await within((work) => findByObjectId(work.db, APP, 'once'));
    expect(found?.id).toBe(placed[0]?.id);
    expect(await within((work) => listSteps(work.db, placed[0] as Mailing))).toMatchObject([
      { fact: 'placed', state: 'placed', party: 'sender', byCaller: 'portal', reason: undefined },
    ]);
  });

  test('what waits for a sender is counted until it is over', async () => {
    const senderRef = newId('pty') as PartyRef;
    const [first] = [await placed('open-1', { senderRef }), await placed('open-2', { senderRef })];
    expect(await within((work) => countOpenOf(work.db, APP, senderRef))).toBe(2);
    await within((work) => act(work, first, SENDER, { kind: 'cancel' }));
    expect(await within((work) => countOpenOf(work.db, APP, senderRef))).toBe(1);
  });
});

describe('the second wall', () => {
  test('a point network sees what is sent to it and writes nothing of it; others see nothing', async () => {
    const point = { organisationId: POST, id: POINT };
    const one = await placed('walls', { point });
    const seen = (scope: OrganisationId) => within((work) => findMailing(work.db, one.id), scope);
    expect((await seen(POST))?.id).toBe(one.id);
    expect(await seen(RIVAL)).toBeUndefined();
    expect(await within((work) => listSentTo(work.db, POINT, 10), 'network')).toContainEqual({
      ...{ organisationId: APP, id: one.id },
    });
    const viewer = { pointNetwork: POST };
    const filter = { state: 'placed', pointId: POINT } as const;
    const listed = await within((work) => listMailings(work.db, viewer, filter, undefined, 10), POST);
    expect(listed.map(({ id }) => id)).toEqual([one.id]);
    await expect(within((work) => saveMailing(work.db, { ...one, version: 99 }), POST)).rejects.toThrow();
    expect(await within((work) => listSteps(work.db, one), RIVAL)).toEqual([]);
  });

  test('steps are never rewritten', async () => {
    await placed('steps');
    const erase = within((work) =>
      work.db.run(sql`delete from mailings.step where organisation_id = ${APP}`),
    );
    await expect(erase).rejects.toThrow(/permission denied/);
  });
});

describe('codes', () => {
  test('a hundred are a hundred, each opens its own and only while it may be shown', async () => {
    const shown = new Map<string, string>();
    for (let nth = 0; nth < 100; nth += 1) {
      const one = mailingOf(`code-${nth}`);
      const until = addDays(now, 7);
      const sealedCode = await within((work) => mailingCodes.issue(work, ports, one, until));
      const coded = { ...one, sealedCode, codeExpiresAt: until };
      const view = await within((work) => mailingCodes.shown(work.db, ports, coded, now));
      shown.set(view?.code ?? '', one.id);
      const opened = await within((work) => mailingCodes.find(work, keyRing, view?.qr ?? ''), 'network');
      expect(opened).toEqual({ organisationId: APP, subjectId: one.id });
    }
    expect(shown.size).toBe(100);
    const [code] = shown.keys();
    const before = now;
    now = addDays(now, 8);
    expect(await within((work) => mailingCodes.find(work, keyRing, code ?? ''), 'network')).toBeUndefined();
    now = before;
  });

  test('a new code takes the place of the one before', async () => {
    const one = mailingOf('again');
    const until = addDays(now, 7);
    const codes = [];
    for (let nth = 0; nth < 2; nth += 1) {
      const sealedCode = await within((work) => mailingCodes.issue(work, ports, one, until));
      const coded = { ...one, sealedCode, codeExpiresAt: until };
      codes.push((await within((work) => mailingCodes.shown(work.db, ports, coded, now)))?.code ?? '');
    }
    const [old = '', fresh = ''] = codes;
    expect(await within((work) => mailingCodes.find(work, keyRing, old), 'network')).toBeUndefined();
    expect((await within((work) => mailingCodes.find(work, keyRing, fresh), 'network'))?.subjectId).toBe(
      one.id,
    );
    expect(await within((work) => mailingCodes.find(work, keyRing, 'not a code'), 'network')).toBeUndefined();
  });
});

test('a clock that rings twice, or for a time that is over, changes nothing', async () => {
  const one = await placed('clock');
  const clock = mailingJobs().find(({ kind }) => kind === 'mailings.clock');
  const ring = () =>
    within(
      (work) => clock?.run(work, { organisationId: APP, mailingId: one.id } as never, '') as Promise<void>,
      'network',
    );
  await ring();
  expect((await within((work) => lockMailing(work.db, APP, one.id)))?.state.name).toBe('placed');
  const before = now;
  now = addDays(now, 7);
  await ring();
  await ring();
  const after = await within((work) => findMailing(work.db, one.id));
  expect(after?.state).toEqual({ name: 'closed', reason: 'not_brought' });
  expect((await within((work) => listSteps(work.db, one))).map(({ fact }) => fact)).toEqual([
    'placed',
    'closed',
  ]);
  now = before;
});

test('a token opens its mailing until it runs out, and is thrown away then', async () => {
  const { id: subjectId } = await placed('token');
  const link = { organisationId: APP, subjectId };
  const { token, expiresAt } = await within((work) => PORTAL.open(work, link));
  const find = (at: Instant) => within((work) => PORTAL.find(work.db, token, at), 'network');
  expect(await find(now)).toEqual(link);
  expect(await find(expiresAt)).toBeUndefined();
  expect(await within((work) => PORTAL.purgeBefore(work.db, addMs(expiresAt, 1)), 'network')).toBe(1);
});
