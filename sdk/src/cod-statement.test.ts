import { describe, expect, test } from 'vitest';
import { type CodStatementBundle, verifyCodStatement } from './cod-statement.ts';

const eur = (amount_minor: number) => ({ amount_minor, currency: 'EUR' });
const line = (id: string, more: object) =>
  ({
    id,
    kind: 'collected',
    shelf_parcel_id: 'spc_1',
    rules_version_id: 'rbv_1',
    amount: eur(4_990),
    fee: eur(100),
    ...more,
  }) as unknown as CodStatementBundle['lines'][number];
const back = line('csl_2', { kind: 'undone', amount: eur(-4_990), fee: eur(-100), reverses: 'csl_1' });
const small = line('csl_3', { amount: eur(30), fee: eur(30) });
const bundle = (more: object = {}, lines = [line('csl_1', {}), back, small]) =>
  ({
    lines,
    statement: {
      ...{
        lines: 3,
        opening: eur(-10),
        collected: eur(30),
        fees: eur(30),
        closing: eur(-10),
        payout: eur(0),
      },
      ...more,
    },
    rules: [
      {
        version_id: 'rbv_1',
        document: { fees: { EUR: { share_basis_points: 200, minimum_minor: 50 } }, close_after_hours: 24 },
      },
    ],
  }) as unknown as CodStatementBundle;
const about = (of: CodStatementBundle) => verifyCodStatement(of).map((one) => one.about);

describe('a statement of goods is worked out again', () => {
  test('and holds where lines, fees and sums do', () => {
    expect(verifyCodStatement(bundle())).toEqual([]);
  });

  test.each(['collected', 'fees', 'closing', 'payout'])('a wrong %s is found', (name) => {
    expect(about(bundle({ [name]: eur(77) }))).toEqual([name]);
  });

  test('a wrong fee, a parcel that is paid for twice, and a line that is missing are found', () => {
    const wrongFee = [line('csl_1', { fee: eur(99) }), back, small];
    expect(about(bundle({}, wrongFee))).toEqual(['fee', 'fees', 'closing']);
    const twice = [line('csl_1', {}), line('csl_2', {}), small];
    expect(about(bundle({}, twice))).toContain('parcel');
    expect(about(bundle({}, [small]))).toEqual(['lines']);
    expect(about(bundle({}, [line('csl_1', { rules_version_id: 'rbv_9' }), back, small]))).toEqual(['rules']);
  });
});
