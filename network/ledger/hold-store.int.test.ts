import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import { accepted, addDays, type Money, money, type OrganisationId } from '../kernel/index.ts';
import { chargeNow, postHold } from './charges.ts';
import { expireHold, placeHold, voidHold } from './holds.ts';
import { codeOf, eur, given, startTestLedger, type TestLedger } from './ledger.fixture.ts';
import type { ChargeLine, Payer } from './model.ts';
import { setCreditLimit } from './wallets.ts';

let ledger: TestLedger;
let url: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  const clone = await cloneDatabase();
  url = clone.url;
  drop = clone.drop;
  ledger = await startTestLedger(url, 64);
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
});

test('a hold that lapsed is charged once when the funds cover it, and leaves all as it is when they do not', async () => {
  const merchant = await merchantWith(1_000);
  const [lapsed, voided] = [given(await hold(merchant, eur(400))), given(await hold(merchant, eur(300)))];
  await ledger.act(merchant, async (work) => {
    await expireHold(work, { organisationId: merchant, holdSetId: lapsed.id });
    return voidHold(work, { organisationId: merchant, holdSetId: voided.id });
  });
  const other = given(await hold(merchant, eur(800)));
  const post = (holdSetId: typeof lapsed.id, amountMinor: number) =>
    ledger.act(merchant, (work) =>
      postHold(work, { organisationId: merchant, holdSetId, charges: freight(amountMinor) }),
    );
  expect(codeOf(await post(lapsed.id, 400))).toBe('insufficient_funds');
  expect(await money0(merchant)).toEqual([1_000, 800]);
  given(
    await ledger.act(merchant, (work) => voidHold(work, { organisationId: merchant, holdSetId: other.id })),
  );
  for (let turn = 0; turn < 2; turn += 1)
    expect(given(await post(lapsed.id, 400)).outstanding).toEqual(eur(0));
  expect(codeOf(await post(lapsed.id, 401))).toBe('charge_reused');
  expect(codeOf(await post(voided.id, 300))).toBe('hold_not_open');
  expect(await money0(merchant)).toEqual([600, 0]);
});

test('the ledger is whole after all of this', async () => {
  await ledger.clear();
  expect(await ledger.breaks()).toEqual([]);
});
