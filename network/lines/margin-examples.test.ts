import { expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import { marginExamples } from './margin-examples.ts';
import { sampleLine, sampleTable } from './sample-line.fixture.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';

const NOW = instant('2026-06-01T00:00:00Z');

test('every zone of a table is reckoned by net selling and buying price', () => {
  const cheaper = sampleTable({
    code: 'sample_buying',
    sheet: {
      kind: 'first_and_step',
      rates: [
        { zone: 'near', firstGrams: 1000, firstMinor: 300, stepGrams: 500, stepMinor: 100 },
        { zone: 'far', firstGrams: 1000, firstMinor: 1000, stepGrams: 500, stepMinor: 310 },
      ],
    },
  });
  const taxes = [
    { kind: 'vat', origin: '*', destination: '*', rateBp: 1900, from: instant('2024-01-01T00:00:00Z') },
  ];
  const examples = marginExamples(compileLine(sampleLine({ buying: [cheaper], taxes })), NOW);
  const at = (zone: string, weightGrams: number) =>
    examples.find((example) => example.zone === zone && example.weightGrams === weightGrams);
  expect(at('near', 1000)).toMatchObject({
    selling: { amountMinor: 500 },
    buying: { amountMinor: 300 },
    margin: { amountMinor: 200 },
  });
  expect(at('near', 2000)?.margin?.amountMinor).toBe(240);
  expect(at('far', 500)?.margin?.amountMinor).toBe(-100);
});

test('without a buying table the margin is unknown, not the whole price', () => {
  const [first] = marginExamples(compileLine(sampleLine({ buying: [] })), NOW);
  expect(first?.selling.amountMinor).toBeGreaterThan(0);
  expect(first).toMatchObject({ buying: undefined, margin: undefined });
});

test('without a selling table in force there is nothing to show', () => {
  expect(marginExamples(compileLine(sampleLine()), instant('2020-01-01T00:00:00Z'))).toEqual([]);
});

test('every shipped line shows what it keeps', () => {
  for (const line of SHIPPED_LINES)
    expect(marginExamples(compileLine(line), NOW).length, line.code).toBeGreaterThan(0);
});
