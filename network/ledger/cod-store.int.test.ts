import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../test/setup/network.ts';
import { accepted, type OrganisationId } from '../kernel/index.ts';
import { clearingAccount } from './account.ts';
import { readAccountBalance } from './account-store.ts';
import { reconcileCod, recordCodCollected, recordCodRemitted } from './cash-on-delivery.ts';
import { codeOf, EUR, eur, given, startTestLedger, type TestLedger } from './ledger.fixture.ts';

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

async function merchantWith(amountMinor: number, creditLimitMinor = 0): Promise<OrganisationId> {
  const id = await ledger.open('merchant');
  await ledger.fund(id, eur(amountMinor), creditLimitMinor);
  return id;
}

async function money0(organisationId: OrganisationId) {
  const wallet = await ledger.wallet(organisationId);
  return [wallet.balanceMinor, wallet.heldMinor];
}

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
