import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Queryable, sql } from '../../platform/db/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import { accepted, addDays, type Currency, type Money, money, type OrganisationId } from '../kernel/index.ts';
import { accountOf, clearingAccount } from './account.ts';
import { readAccountBalance, takeSnapshots } from './account-store.ts';
import { reconcileCod, recordCodCollected, recordCodRemitted } from './cash-on-delivery.ts';
import { chargeNow, postHold } from './charges.ts';
import { retryShare } from './collection.ts';
import { enterRate, recordConversion } from './conversions.ts';
import { expireHold, placeHold, voidHold } from './holds.ts';
import { codeOf, EUR, eur, given, startTestLedger, type TestLedger } from './ledger.fixture.ts';
import type { ChargeLine, Payer } from './model.ts';
import { refundCharge } from './refunds.ts';
import { verifyLedger } from './verify-store.ts';
import { isInArrears, openWallet, setCreditLimit } from './wallets.ts';

let ledger: TestLedger;
let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  const clone = await cloneDatabase();
  url = clone.url;
  drop = clone.drop;
  ledger = await startTestLedger(url, 24);
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

test('a hold takes available funds, is placed once per reference, and voiding gives them back once', async () => {
  const merchant = await merchantWith(1_000);
  const of = reference();
  const first = given(await hold(merchant, eur(600), of));
  const again = given(await hold(merchant, eur(600), of));
  expect(again.id).toBe(first.id);
  expect(await money0(merchant)).toEqual([1_000, 600]);
  expect(codeOf(await hold(merchant, eur(601), of))).toBe('hold_reused');
  expect(codeOf(await hold(merchant, eur(401)))).toBe('insufficient_funds');
  for (let time = 0; time < 3; time += 1) {
    const voided = await ledger.act(merchant, (work) =>
      voidHold(work, { organisationId: merchant, holdSetId: first.id }),
    );
    expect(codeOf(voided)).toBe('accepted');
  }
  expect(await money0(merchant)).toEqual([1_000, 0]);
});

test('a refused hold leaves no trace, also when its caller goes on', async () => {
  const merchant = await merchantWith(100);
  const of = reference();
  await ledger.act(merchant, async (work) => {
    const refusal = await placeHold(work, {
      organisationId: merchant,
      reference: of,
      payers: all(merchant),
      amount: eur(101),
      expiresAt: later(),
    });
    expect(codeOf(refusal)).toBe('insufficient_funds');
    return accepted(undefined);
  });
  await ledger.topUp(merchant, eur(1));
  expect(codeOf(await hold(merchant, eur(101), of))).toBe('accepted');
});

test('what is missing is named: no wallet, no wallet in the currency', async () => {
  const none = await ledger.open('merchant');
  expect(codeOf(await hold(none, eur(1)))).toBe('wallet_missing');
  const merchant = await merchantWith(100);
  expect(codeOf(await hold(merchant, money(1, 'USD')))).toBe('currency_mismatch');
});

test('a credit limit is spent to the last minor unit and not beyond, and cannot be lowered below its use', async () => {
  const merchant = await merchantWith(100, 50);
  expect(codeOf(await hold(merchant, eur(151)))).toBe('insufficient_funds');
  expect(codeOf(await hold(merchant, eur(150)))).toBe('accepted');
  const { id } = await ledger.wallet(merchant);
  const lower = (creditLimitMinor: number) =>
    ledger.act(merchant, (work) => setCreditLimit(work, { walletId: id, creditLimitMinor }));
  expect(codeOf(await lower(49))).toBe('credit_in_use');
  expect(codeOf(await lower(50))).toBe('accepted');
});

test('64 clients drain one wallet: exactly what it can afford succeeds', async () => {
  const merchant = await merchantWith(1_000, 40);
  const outcomes = await Promise.all(Array.from({ length: 64 }, () => hold(merchant, eur(25))));
  expect(outcomes.filter((outcome) => outcome.ok).length).toBe(Math.floor(1_040 / 25));
  expect(outcomes.filter((outcome) => !outcome.ok).map(codeOf)).toEqual(Array(23).fill('insufficient_funds'));
  expect(await money0(merchant)).toEqual([1_000, 1_025]);
});

test('64 clients charge one wallet without holds: its floor is never crossed', async () => {
  const merchant = await merchantWith(1_000);
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, () =>
      ledger.act(merchant, (work) =>
        chargeNow(work, {
          organisationId: merchant,
          reference: reference(),
          payers: all(merchant),
          charges: freight(30),
          whenShort: 'refuse',
        }),
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.ok).length).toBe(33);
  expect(await money0(merchant)).toEqual([10, 0]);
});

test('the same hold asked for by many clients at once is placed once', async () => {
  const merchant = await merchantWith(1_000);
  const of = reference();
  const outcomes = await Promise.all(Array.from({ length: 16 }, () => hold(merchant, eur(100), of)));
  expect(new Set(outcomes.map((outcome) => given(outcome).id)).size).toBe(1);
  expect(await money0(merchant)).toEqual([1_000, 100]);
});

test('crossing payers never block each other, and a split is held by all or by none', async () => {
  const [one, two] = [await merchantWith(10_000), await merchantWith(3_000)];
  const split = (first: OrganisationId, second: OrganisationId): Payer[] => [
    { organisationId: first, role: 'merchant', shareBasisPoints: 5_000 },
    { organisationId: second, role: 'marketplace', shareBasisPoints: 5_000 },
  ];
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      index % 2 === 0
        ? hold(one, eur(200), reference(), split(one, two))
        : hold(two, eur(200), reference(), split(two, one)),
    ),
  );
  expect(outcomes.filter((outcome) => outcome.ok).length).toBe(30);
  expect(await money0(one)).toEqual([10_000, 3_000]);
  expect(await money0(two)).toEqual([3_000, 3_000]);
});

test('a command over several books goes back to the scope of before', async () => {
  const [one, two] = [await merchantWith(100), await merchantWith(100)];
  await ledger.act(one, async (work) => {
    const payers: Payer[] = [
      { organisationId: one, role: 'merchant', fixedMinor: 10 },
      { organisationId: two, role: 'marketplace', shareBasisPoints: 10_000 },
    ];
    given(
      await placeHold(work, {
        organisationId: one,
        reference: reference(),
        payers,
        amount: eur(30),
        expiresAt: later(),
      }),
    );
    const seen = await work.db.rows<{ organisation_id: string }>(
      sql`select distinct organisation_id from ledger.wallet`,
    );
    expect(seen).toEqual([{ organisation_id: one }]);
    return accepted(undefined);
  });
  expect(await money0(two)).toEqual([100, 20]);
});

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

test('expiry releases a hold, and a hold that was posted does not expire', async () => {
  const merchant = await merchantWith(1_000);
  const expired = given(await hold(merchant, eur(400)));
  const posted = given(await hold(merchant, eur(500)));
  given(
    await ledger.act(merchant, (work) =>
      postHold(work, { organisationId: merchant, holdSetId: posted.id, charges: freight(500) }),
    ),
  );
  for (const set of [expired, posted, expired]) {
    await ledger.act(merchant, async (work) => {
      await expireHold(work, { organisationId: merchant, holdSetId: set.id });
      return accepted(undefined);
    });
  }
  expect(await money0(merchant)).toEqual([500, 0]);
  const late = await ledger.act(merchant, (work) =>
    postHold(work, { organisationId: merchant, holdSetId: expired.id, charges: freight(400) }),
  );
  expect(codeOf(late)).toBe('hold_not_open');
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

test('cash on delivery is owed by the collector, remitted, and credited less the fee when all figures agree', async () => {
  const [merchant, carrier] = [await merchantWith(0), await ledger.open('carrier')];
  const take = (id: string, due: number, collectedMinor: number) =>
    ledger.act(carrier, (work) =>
      recordCodCollected(work, {
        collectorId: carrier,
        merchantId: merchant,
        clearsWith: ledger.operatorId,
        reference: { kind: 'parcel', id },
        due: eur(due),
        collectedMinor,
        feeMinor: 30,
        feeTaxMinor: 6,
      }),
    );
  for (const [id, due, got] of [
    ['p1', 500, 500],
    ['p2', 700, 690],
    ['p3', 900, 900],
    ['p4', 800, 800],
  ] as const) {
    given(await take(id, due, got));
    given(await take(id, due, got));
  }
  expect(codeOf(await take('p1', 500, 499))).toBe('cod_reused');
  const remit = () =>
    ledger.act(carrier, async (work) =>
      accepted(
        await recordCodRemitted(work, {
          collectorId: carrier,
          remittanceReference: 'bank 1',
          currency: EUR,
          items: [
            { reference: { kind: 'parcel', id: 'p1' }, amountMinor: 500 },
            { reference: { kind: 'parcel', id: 'p2' }, amountMinor: 690 },
            { reference: { kind: 'parcel', id: 'p4' }, amountMinor: 700 },
            { reference: { kind: 'parcel', id: 'p9' }, amountMinor: 1 },
          ],
        }),
      ),
    );
  expect(given(await remit())).toMatchObject({ unknown: [{ id: 'p9' }], repeated: [] });
  expect(given(await remit()).remitted).toEqual([]);
  const reconcile = () =>
    ledger.act(carrier, async (work) =>
      accepted(await reconcileCod(work, { collectorId: carrier, currency: EUR })),
    );
  const first = given(await reconcile());
  expect(first.credited.map((collection) => collection.reference.id)).toEqual(['p1']);
  expect(Object.fromEntries(first.differences.map((one) => [one.reference.id, one.reason]))).toEqual({
    p2: 'collected_differs_from_due',
    p3: 'not_remitted',
    p4: 'remitted_differs_from_collected',
  });
  for (let time = 0; time < 10; time += 1) expect(given(await reconcile()).credited).toEqual([]);
  expect(await money0(merchant)).toEqual([464, 0]);
  await ledger.clear();
  const owes = await ledger.world.read('network', (db) =>
    readAccountBalance(db, carrier, clearingAccount(EUR, ledger.operatorId)),
  );
  expect(owes).toBe(500 + 690 + 900 + 800 - 500 - 690 - 700);
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
    run: async (query) => (await admin.query(query.text, [...query.values])).rowCount ?? 0,
  };
}

const oldest = (where: string) =>
  `transfer_id = (select min(transfer_id) from ledger.transfer where ${where})`;

test('the ledger of all the tests above is whole, and each planted corruption is found', async () => {
  await ledger.clear();
  await ledger.world.command('network', async (work) => accepted(await takeSnapshots(work.db, work.now)));
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
