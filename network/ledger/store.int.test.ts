import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Queryable, sql } from '../../platform/db/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import {
  accepted,
  addDays,
  type Currency,
  type Money,
  money,
  type OrganisationId,
  refused,
} from '../kernel/index.ts';
import { accountOf, clearingAccount } from './account.ts';
import { readAccountBalance, takeSnapshots } from './account-store.ts';
import { beginPosting, commitPosting, payIn } from './book.ts';
import { chargeNow, postHold } from './charges.ts';
import { retryShare } from './collection.ts';
import { enterRate, recordConversion } from './conversions.ts';
import { placeHold } from './holds.ts';
import { codeOf, EUR, eur, given, startTestLedger, type TestLedger } from './ledger.fixture.ts';
import type { ChargeLine, Payer } from './model.ts';
import { refundCharge } from './refunds.ts';
import { verifyLedger } from './verify-store.ts';
import { isInArrears, openWallet } from './wallets.ts';

let ledger: TestLedger;
let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  const clone = await cloneDatabase();
  url = clone.url;
  drop = clone.drop;
  ledger = await startTestLedger(url);
});
afterAll(async () => {
  await ledger.stop();
  await drop();
});

let references = 0;
const reference = () => {
  references += 1;
  return { kind: 'shipment', id: `s${references}` };
};
const all = (organisationId: OrganisationId): Payer[] => [
  { organisationId, role: 'merchant', shareBasisPoints: 10_000 },
];
const freight = (amountMinor: number): ChargeLine[] => [{ type: 'freight', amount: eur(amountMinor) }];
const later = () => addDays(ledger.now(), 30);

async function merchantWith(amountMinor: number, creditLimitMinor = 0): Promise<OrganisationId> {
  const id = await ledger.open('merchant');
  await ledger.fund(id, eur(amountMinor), creditLimitMinor);
  return id;
}

function hold(organisationId: OrganisationId, amount: Money, of = reference(), payers = all(organisationId)) {
  return ledger.act(organisationId, (work) =>
    placeHold(work, { organisationId, reference: of, payers, amount, expiresAt: later() }),
  );
}

async function money0(organisationId: OrganisationId) {
  const wallet = await ledger.wallet(organisationId);
  return [wallet.balanceMinor, wallet.heldMinor];
}

test.each([
  ['less than held', 800, 1_000 - 800],
  ['exactly what was held', 900, 100],
  ['more than held, out of available funds', 1_000, 0],
])('a charge of %s', async (_name, amount, left) => {
  const merchant = await merchantWith(1_000);
  const { id } = given(await hold(merchant, eur(900)));
  const post = () =>
    ledger.act(merchant, (work) =>
      postHold(work, {
        organisationId: merchant,
        holdSetId: id,
        charges: freight(amount),
        evidence: 'measurement m1',
      }),
    );
  const first = given(await post());
  expect(first.outstanding.amountMinor).toBe(0);
  for (let time = 0; time < 10; time += 1) expect(given(await post())).toEqual(first);
  expect(await money0(merchant)).toEqual([left, 0]);
  const other = await ledger.act(merchant, (work) =>
    postHold(work, { organisationId: merchant, holdSetId: id, charges: freight(amount + 1) }),
  );
  expect(codeOf(other)).toBe('charge_reused');
});

test('more than the funds: a part is paid, three tries later the payer is in arrears, a top-up ends them', async () => {
  const merchant = await merchantWith(1_000);
  const { id } = given(await hold(merchant, eur(1_000)));
  const charge = given(
    await ledger.act(merchant, (work) =>
      postHold(work, { organisationId: merchant, holdSetId: id, charges: freight(1_300) }),
    ),
  );
  expect(charge.outstanding.amountMinor).toBe(300);
  expect(await money0(merchant)).toEqual([0, 0]);
  const inArrears = () => ledger.world.read('network', (db) => isInArrears(db, merchant));
  for (const expected of [false, false, true, true]) {
    await ledger.act(merchant, async (work) => {
      await retryShare(work, { organisationId: merchant, chargeId: charge.chargeId });
      return accepted(undefined);
    });
    expect(await inArrears()).toBe(expected);
  }
  expect(codeOf(await hold(merchant, eur(0)))).toBe('payer_in_arrears');
  await ledger.topUp(merchant, eur(299));
  expect(await inArrears()).toBe(true);
  expect(await money0(merchant)).toEqual([0, 0]);
  await ledger.topUp(merchant, eur(100));
  expect(await inArrears()).toBe(false);
  expect(await money0(merchant)).toEqual([99, 0]);
  expect(codeOf(await hold(merchant, eur(99)))).toBe('accepted');
  await ledger.clear();
  expect(await ledger.breaks()).toEqual([]);
});

test('a charge over two payers and three lines goes line by line to income and tax, and is refunded at most once and at most whole', async () => {
  const [merchant, market] = [await merchantWith(1_000), await merchantWith(1_000)];
  const payers: Payer[] = [
    { organisationId: merchant, role: 'merchant', shareBasisPoints: 3_333 },
    { organisationId: market, role: 'marketplace', shareBasisPoints: 6_667 },
  ];
  const charges: ChargeLine[] = [
    { type: 'freight', amount: eur(500) },
    { type: 'fuel', amount: eur(101) },
    { type: 'tax', amount: eur(114), tax: { taxType: 'VAT', rateBasisPoints: 1_900 } },
  ];
  const charge = given(
    await ledger.act(merchant, (work) =>
      chargeNow(work, {
        organisationId: merchant,
        reference: reference(),
        payers,
        charges,
        whenShort: 'refuse',
      }),
    ),
  );
  expect(charge.shares.map((share) => share.dueMinor)).toEqual([238, 477]);
  const refund = (id: string, amount?: Money) =>
    ledger.act(merchant, (work) =>
      refundCharge(work, {
        organisationId: merchant,
        chargeId: charge.chargeId,
        reason: { kind: 'dispute', id },
        amount,
      }),
    );
  expect(given(await refund('d1', eur(100))).amount).toEqual(eur(100));
  expect(given(await refund('d1', eur(100))).amount).toEqual(eur(100));
  expect(codeOf(await refund('d1', eur(99)))).toBe('refund_reused');
  expect(codeOf(await refund('d2', eur(616)))).toBe('refund_exceeds_charge');
  expect(given(await refund('d3')).amount).toEqual(eur(615));
  expect(given(await refund('d3')).amount).toEqual(eur(615));
  expect(codeOf(await refund('d4'))).toBe('refund_exceeds_charge');
  expect([await money0(merchant), await money0(market)]).toEqual([
    [1_000, 0],
    [1_000, 0],
  ]);
});

test('a refund strikes off what is owed before the wallet gets money', async () => {
  const merchant = await merchantWith(100);
  const charge = given(
    await ledger.act(merchant, (work) =>
      chargeNow(work, {
        organisationId: merchant,
        reference: reference(),
        payers: all(merchant),
        charges: freight(150),
        whenShort: 'owe',
      }),
    ),
  );
  expect(charge.outstanding.amountMinor).toBe(50);
  given(
    await ledger.act(merchant, (work) =>
      refundCharge(work, {
        organisationId: merchant,
        chargeId: charge.chargeId,
        reason: { kind: 'dispute', id: 'x' },
        amount: eur(70),
      }),
    ),
  );
  expect(await money0(merchant)).toEqual([20, 0]);
});

test('a conversion is a pair of transfers at the dated rate, once per reference, and shows the gain', async () => {
  const merchant = await merchantWith(10_000);
  const usd = 'USD' as Currency;
  const convert = (id: string, amountMinor = 1_000) =>
    ledger.act(merchant, (work) =>
      recordConversion(work, {
        organisationId: merchant,
        reference: { kind: 'conversion_order', id },
        amount: eur(amountMinor),
        to: usd,
      }),
    );
  expect(codeOf(await convert('1'))).toBe('wallet_missing');
  await ledger.fund(merchant, money(0, 'USD'));
  expect(codeOf(await convert('1'))).toBe('rate_missing');
  const rate = {
    from: EUR,
    to: usd,
    rateE8: 110_000_000,
    marketRateE8: 112_050_000,
    source: 'test',
    enteredBy: 'k',
  };
  given(
    await ledger.act(ledger.operatorId, (work) =>
      enterRate(work, { ...rate, validFrom: ledger.now(), validUntil: addDays(ledger.now(), 1) }),
    ),
  );
  for (let time = 0; time < 10; time += 1) {
    expect(given(await convert('1'))).toMatchObject({ toMinor: 1_100, gainMinor: 21 });
  }
  expect(codeOf(await convert('1', 2_000))).toBe('conversion_reused');
  expect(codeOf(await convert('2', 9_001))).toBe('insufficient_funds');
  expect((await ledger.wallet(merchant)).balanceMinor).toBe(9_000);
  expect((await ledger.wallet(merchant, usd)).balanceMinor).toBe(1_100);
  await ledger.clear();
  const balance = (account: string) =>
    ledger.world.read('network', (db) => readAccountBalance(db, ledger.operatorId, account));
  expect(await balance(accountOf('exchange', EUR))).toBe(1_000);
  expect(await balance(accountOf('exchange', usd))).toBe(-1_121);
  expect(await balance(accountOf('conversion_result', usd))).toBe(21);
  expect(await ledger.breaks()).toEqual([]);
});

test('a snapshot and what came later is the same as all transfers', async () => {
  const merchant = await merchantWith(500);
  await ledger.clear();
  const balance = () =>
    ledger.world.read('network', (db) =>
      readAccountBalance(db, ledger.operatorId, clearingAccount(EUR, merchant)),
    );
  const snapshot = () =>
    ledger.world.command('network', async (work) => accepted(await takeSnapshots(work.db, work.now)));
  expect(await balance()).toBe(500);
  await snapshot();
  expect(await balance()).toBe(500);
  await ledger.topUp(merchant, eur(70));
  await ledger.clear();
  expect(await balance()).toBe(570);
  await snapshot();
  await snapshot();
  expect(await balance()).toBe(570);
  expect(await ledger.breaks()).toEqual([]);
});

test('a transfer that is there changes nothing when it comes again, and is never overwritten by another', async () => {
  const merchant = await merchantWith(100);
  const wallet = await ledger.wallet(merchant);
  const pay = (amountMinor: number) =>
    ledger.act(merchant, async (work) => {
      const cause = { kind: 'top_up', id: 'again' };
      const posting = beginPosting(work, { organisationId: merchant, cause }, [wallet]);
      payIn(posting, wallet.id, 'arrears', accountOf('bank', EUR), {
        part: 'receipt',
        kind: 'top_up',
        amountMinor,
      });
      const isNew = await commitPosting(work, posting);
      // Rolled back or not: the second try inside one transaction meets the first.
      const repeated = await commitPosting(work, posting);
      const other = { ...posting, transfers: posting.transfers.map((one) => ({ ...one, amountMinor: 9 })) };
      await expect(commitPosting(work, other)).rejects.toThrow('has other transfers');
      expect([isNew, repeated]).toEqual([true, false]);
      return refused('not_kept', '');
    });
  expect(codeOf(await pay(7))).toBe('not_kept');
});

test('the second wallet of a currency is refused, and so is the wallet of nobody', async () => {
  const merchant = await merchantWith(0);
  const open = (organisationId: string) =>
    ledger.world.command('network', (work) =>
      openWallet(work, {
        organisationId: organisationId as OrganisationId,
        currency: EUR,
        clearsWith: ledger.operatorId,
      }),
    );
  expect(codeOf(await open(merchant))).toBe('wallet_exists');
  expect(codeOf(await open('org_01jd3v9k2m4n6p8q0r1s2t3v4w'))).toBe('organisation_unknown');
});

test('the server’s role can neither change nor delete a transfer, and cannot cross a floor', async () => {
  const merchant = await merchantWith(10);
  const attempt = (statement: Parameters<typeof ledger.world.database.transaction>[1]) =>
    ledger.world.database.transaction('network', statement);
  for (const statement of [
    sql`update ledger.transfer set amount_minor = 1`,
    sql`delete from ledger.transfer`,
    sql`update ledger.wallet set held_minor = 11 where organisation_id = ${merchant}`,
    sql`update ledger.wallet set balance_minor = -1 where organisation_id = ${merchant}`,
  ]) {
    await expect(attempt(async (tx) => ({ keep: true, value: await tx.run(statement) }))).rejects.toThrow(
      /permission denied|wallet_floor/,
    );
  }
});

/** A superuser's connection as a store function sees it, so that a corruption can be planted, seen and undone. */
function queryableOf(admin: pg.Client): Queryable {
  const rows = async <Row>(query: { text: string; values: readonly unknown[] }) =>
    (await admin.query(query.text, [...query.values])).rows as Row[];
  return {
    rows,
    maybeRow: async (query) => (await rows(query))[0] as never,
    row: async (query) => (await rows(query))[0] as never,
    each: () => expect.unreachable('the checks read lists'),
    run: async (query) => (await admin.query(query.text, [...query.values])).rowCount ?? 0,
    later: () => expect.unreachable('the checks only read'),
  };
}

const oldest = (where: string) =>
  `transfer_id = (select min(transfer_id) from ledger.transfer where ${where})`;

test('the ledger of all the tests above is whole, and each planted corruption is found', async () => {
  await ledger.clear();
  // Whoever has a transaction open on this server, for whatever database, holds the horizon of snapshots back.
  const taken = () =>
    ledger.world.command('network', async (work) => {
      await takeSnapshots(work.db, work.now);
      return accepted(await work.db.rows(sql`select from ledger.account_snapshot`));
    });
  await expect.poll(taken, { timeout: 30_000 }).not.toMatchObject({ value: [] });
  expect(await ledger.breaks()).toEqual([]);
  const admin = new pg.Client({
    connectionString: url,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as never,
    },
  });
  await admin.connect();
  try {
    for (const [corruption, rules] of [
      [
        'update ledger.wallet set balance_minor = balance_minor + 1 where wallet_id = (select min(wallet_id) from ledger.wallet)',
        ['sum_not_zero', 'wallet_differs_from_transfers'],
      ],
      [
        'update ledger.wallet set held_minor = held_minor + 1 where balance_minor > held_minor',
        ['held_differs_from_holds'],
      ],
      ['update ledger.wallet set held_minor = balance_minor + credit_limit_minor + 1', ['floor_crossed']],
      [
        `update ledger.transfer set amount_minor = amount_minor + 1 where ${oldest("kind = 'top_up' and mirror_of is null")}`,
        [
          'wallet_differs_from_transfers',
          'clearing_not_mirrored',
          'clearing_pair_disagrees',
          'wallet_history_broken',
        ],
      ],
      [`delete from ledger.transfer where ${oldest('mirror_of is not null')}`, ['clearing_not_mirrored']],
      [
        `delete from ledger.transfer where ${oldest('mirror_of is null and counterpart_id is not null')}`,
        ['clearing_not_mirrored', 'clearing_pair_disagrees'],
      ],
      [
        `update ledger.transfer set amount_minor = amount_minor + 1 where ${oldest('mirror_of is not null')}`,
        ['clearing_not_mirrored', 'clearing_pair_disagrees'],
      ],
      [
        `update ledger.transfer set cause_id = 'nothing' where ${oldest("kind = 'freight' and mirror_of is null")}`,
        ['transfer_without_cause', 'charge_not_explained'],
      ],
      [
        'update ledger.charge_share set due_minor = due_minor + 1 where due_minor = 150',
        ['charge_not_explained'],
      ],
      [
        `update ledger.charge_share set outstanding_minor = 1, state = 'retrying' where due_minor = 150`,
        ['arrears_not_explained'],
      ],
      [
        'update ledger.account_snapshot set balance_minor = balance_minor + 1',
        ['snapshot_differs_from_transfers'],
      ],
    ] as const) {
      await admin.query('begin');
      await admin.query('alter table ledger.wallet drop constraint wallet_floor');
      expect((await admin.query(corruption)).rowCount, corruption).toBeGreaterThan(0);
      const found = new Set((await verifyLedger(queryableOf(admin))).map((one) => one.rule));
      await admin.query('rollback');
      for (const rule of rules) expect([...found], corruption).toContain(rule);
    }
  } finally {
    await admin.end();
  }
  expect(await ledger.breaks()).toEqual([]);
});
