import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../test/setup/network.ts';
import { accepted, addDays, type OrganisationId } from '../kernel/index.ts';
import { chargeNow, postHold } from './charges.ts';
import { placeHold, voidHold } from './holds.ts';
import { eur, startTestLedger, type TestLedger } from './ledger.fixture.ts';
import type { HoldSetId, Payer } from './model.ts';
import { refundCharge } from './refunds.ts';

let ledger: TestLedger;
let drop: () => Promise<void>;
beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  ledger = await startTestLedger(clone.url);
});
afterAll(async () => {
  await ledger.stop();
  await drop();
});

const amount = fc.nat(400);
const who = fc.nat(1);
const command = fc.oneof(
  fc.record({ do: fc.constant('top_up' as const), who, amount: amount.map((minor) => minor + 1) }),
  fc.record({ do: fc.constant('hold' as const), who, amount, isSplit: fc.boolean() }),
  fc.record({ do: fc.constant('post' as const), which: fc.nat(5), amount }),
  fc.record({ do: fc.constant('void' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('charge' as const), who, amount: amount.map((minor) => minor + 1) }),
  fc.record({
    do: fc.constant('refund' as const),
    which: fc.nat(5),
    amount: amount.map((minor) => minor + 1),
  }),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

/** What a book-keeper with a pencil would note: no SQL, no locks. */
type Model = {
  readonly balance: [number, number];
  readonly held: [number, number];
  readonly owed: [number, number];
  readonly holds: {
    id: HoldSetId;
    parts: [number, number];
    payers: Payer[];
    open: boolean;
    posted?: number;
  }[];
  readonly charges: { id: string; left: [number, number]; total: number }[];
};
const LIMIT = 50;

test('random commands keep to a simple model; repeating each changes nothing; the ledger stays whole', {
  timeout: 180_000,
}, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
      run += 1;
      const organisations: [OrganisationId, OrganisationId] = [
        await ledger.open('merchant'),
        await ledger.open('marketplace'),
      ];
      for (const id of organisations) await ledger.fund(id, eur(0), LIMIT);
      const model: Model = { balance: [0, 0], held: [0, 0], owed: [0, 0], holds: [], charges: [] };
      let step = 0;
      for (const one of commands) {
        step += 1;
        await apply(one, `r${run}s${step}`, organisations, model);
        for (const index of [0, 1] as const) {
          const wallet = await ledger.wallet(organisations[index]);
          expect([wallet.balanceMinor, wallet.heldMinor], JSON.stringify(one)).toEqual([
            model.balance[index],
            model.held[index],
          ]);
          expect(wallet.balanceMinor - wallet.heldMinor + LIMIT).toBeGreaterThanOrEqual(0);
        }
      }
      await ledger.clear();
      expect(await ledger.breaks()).toEqual([]);
    }),
    { numRuns: 12 },
  );
});

function collect(model: Model, index: 0 | 1): void {
  const pays = Math.min(model.owed[index], Math.max(0, model.balance[index] - model.held[index] + LIMIT));
  model.balance[index] -= pays;
  model.owed[index] -= pays;
}

async function apply(
  one: Command,
  key: string,
  organisations: [OrganisationId, OrganisationId],
  model: Model,
): Promise<void> {
  const [merchant, market] = organisations;
  const index = 'who' in one ? (one.who as 0 | 1) : 0;
  const available = (payer: 0 | 1) => model.balance[payer] - model.held[payer] + LIMIT;
  switch (one.do) {
    case 'top_up': {
      await ledger.topUp(organisations[index], eur(one.amount));
      model.balance[index] += one.amount;
      collect(model, index);
      return;
    }
    case 'hold': {
      const payers: Payer[] = one.isSplit
        ? [
            { organisationId: merchant, role: 'merchant', shareBasisPoints: 5_000 },
            { organisationId: market, role: 'marketplace', shareBasisPoints: 5_000 },
          ]
        : [{ organisationId: organisations[index], role: 'merchant', shareBasisPoints: 10_000 }];
      const parts: [number, number] = one.isSplit
        ? [Math.ceil(one.amount / 2), Math.floor(one.amount / 2)]
        : index === 0
          ? [one.amount, 0]
          : [0, one.amount];
      const fits =
        (parts[0] <= available(0) || (!one.isSplit && index === 1)) &&
        (parts[1] <= available(1) || (!one.isSplit && index === 0));
      for (let time = 0; time < 2; time += 1) {
        const outcome = await ledger.act(merchant, (work) =>
          placeHold(work, {
            organisationId: merchant,
            reference: { kind: 'order', id: key },
            payers,
            amount: eur(one.amount),
            expiresAt: addDays(ledger.now(), 1),
          }),
        );
        expect(outcome.ok).toBe(fits);
        if (!outcome.ok || time > 0) continue;
        model.held[0] += parts[0];
        model.held[1] += parts[1];
        model.holds.push({ id: outcome.value.id, parts, payers, open: true });
      }
      return;
    }
    case 'post': {
      const hold = model.holds[one.which];
      if (hold === undefined) return;
      const post = () =>
        ledger.act(merchant, (work) =>
          postHold(work, {
            organisationId: merchant,
            holdSetId: hold.id,
            charges: [{ type: 'freight', amount: eur(one.amount) }],
          }),
        );
      const outcome = await post();
      if (!hold.open) {
        // A hold is closed once: only the very same charge is answered again.
        expect(outcome.ok).toBe(hold.posted === one.amount);
        return;
      }
      expect(outcome.ok).toBe(true);
      hold.open = false;
      hold.posted = one.amount;
      const isFirst = hold.payers[0]?.organisationId === merchant;
      const dues: [number, number] =
        hold.payers.length === 2
          ? [Math.ceil(one.amount / 2), Math.floor(one.amount / 2)]
          : isFirst
            ? [one.amount, 0]
            : [0, one.amount];
      for (const payer of [0, 1] as const) {
        model.held[payer] -= hold.parts[payer];
        const paid = Math.min(dues[payer], Math.max(0, available(payer)));
        model.balance[payer] -= paid;
        model.owed[payer] += dues[payer] - paid;
      }
      if (outcome.ok)
        model.charges.push({
          id: outcome.value.chargeId,
          left: [...dues] as [number, number],
          total: one.amount,
        });
      expect(await post()).toEqual(outcome);
      return;
    }
    case 'void': {
      const hold = model.holds[one.which];
      if (hold === undefined) return;
      for (let time = 0; time < 2; time += 1) {
        await ledger.act(merchant, (work) =>
          voidHold(work, { organisationId: merchant, holdSetId: hold.id }),
        );
      }
      if (!hold.open) return;
      hold.open = false;
      model.held[0] -= hold.parts[0];
      model.held[1] -= hold.parts[1];
      return;
    }
    case 'charge': {
      const fits = one.amount <= available(index);
      for (let time = 0; time < 2; time += 1) {
        const outcome = await ledger.act(merchant, (work) =>
          chargeNow(work, {
            organisationId: merchant,
            reference: { kind: 'fee', id: key },
            payers: [{ organisationId: organisations[index], role: 'merchant', shareBasisPoints: 10_000 }],
            charges: [{ type: 'storage', amount: eur(one.amount) }],
            whenShort: 'refuse',
          }),
        );
        expect(outcome.ok).toBe(fits);
        if (!outcome.ok || time > 0) continue;
        model.balance[index] -= one.amount;
        model.charges.push({
          id: outcome.value.chargeId,
          left: index === 0 ? [one.amount, 0] : [0, one.amount],
          total: one.amount,
        });
      }
      return;
    }
    case 'refund': {
      const charge = model.charges[one.which];
      // Refunds of split or owed charges have tests of their own; the model keeps to what a pencil can.
      if (charge === undefined || (charge.left[0] > 0 && charge.left[1] > 0)) return;
      if (model.owed[0] > 0 || model.owed[1] > 0) return;
      const payer = charge.left[0] > 0 ? 0 : 1;
      const fits = one.amount <= charge.left[payer];
      for (let time = 0; time < 2; time += 1) {
        const outcome = await ledger.act(merchant, (work) =>
          refundCharge(work, {
            organisationId: merchant,
            chargeId: charge.id as never,
            reason: { kind: 'dispute', id: key },
            amount: eur(one.amount),
          }),
        );
        expect(outcome.ok).toBe(fits);
        if (!outcome.ok || time > 0) continue;
        charge.left[payer] -= one.amount;
        model.balance[payer] += one.amount;
      }
      return;
    }
  }
}

test('a settlement step that is repeated ten times by clients at once works once', async () => {
  const merchant = await ledger.open('merchant');
  await ledger.fund(merchant, eur(1_000));
  const placed = await ledger.act(merchant, (work) =>
    placeHold(work, {
      organisationId: merchant,
      reference: { kind: 'order', id: 'ten' },
      payers: [{ organisationId: merchant, role: 'merchant', shareBasisPoints: 10_000 }],
      amount: eur(700),
      expiresAt: addDays(ledger.now(), 1),
    }),
  );
  const id = placed.ok ? placed.value.id : undefined;
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () =>
      ledger.act(merchant, (work) =>
        postHold(work, {
          organisationId: merchant,
          holdSetId: id as HoldSetId,
          charges: [{ type: 'freight', amount: eur(650) }],
        }),
      ),
    ),
  );
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  const wallet = await ledger.wallet(merchant);
  expect([wallet.balanceMinor, wallet.heldMinor, wallet.sequence]).toEqual([350, 0, 2]);
  await ledger.clear();
  await ledger.clear();
  expect(await ledger.breaks()).toEqual([]);
  await ledger.act(merchant, async () => accepted(undefined));
});
