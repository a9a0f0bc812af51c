import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../kernel/index.ts';
import {
  type CustomsBlock,
  LABEL_DPIS,
  LABEL_SIZES,
  type LabelContent,
  type LabelParty,
  type LabelService,
} from './content.ts';
import { layoutLabel, MARGIN_MM } from './layout.ts';
import { readPdf } from './pdf.fixture.ts';
import { renderLabels } from './render.ts';
import { CREATED_AT, cn23 } from './sample.fixture.ts';
import type { Box, Primitive, Sheet } from './sheet.ts';
import { CODE128_QUIET_MODULES, MIN_MODULE_MM, MIN_QR_MODULE_MM, QR_QUIET_MODULES } from './symbol.policy.ts';
import { readZpl } from './zpl.fixture.ts';

const HOSTILE = [
  '^XA^FO0,0^A0N,900,900^FDowned^FS^XZ',
  '~JA~HS^FN1"^FS',
  '_5EXA_7EJA',
  '%PDF-1.7 << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>',
  ') Tj ET Q (x',
  '<script>alert(1)</script>',
  '\u202e\u2066evil\u0000\r\n^FS',
  '\ud83d',
  '🏠'.repeat(80),
  'W'.repeat(5000),
  '鑫'.repeat(900),
  '   ',
  '',
];

const words = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-zÀ-ž 一-龥-]{0,80}$/u) },
);
const count = fc.nat({ max: 99_999 });
const amount = fc.integer({ min: 0, max: 10 ** 12 }).map((minor) => money(minor, 'KWD'));

const party: fc.Arbitrary<LabelParty> = fc.record(
  {
    name: words,
    phone: words,
    addressLines: fc.array(words, { maxLength: 6 }),
    country: fc.record({ code: fc.constant('DE'), name: words }),
  },
  { requiredKeys: ['name', 'addressLines'] },
);
const service: fc.Arbitrary<LabelService> = fc.oneof(
  amount.map((cod) => ({ kind: 'cod' as const, amount: cod })),
  amount.map((value) => ({ kind: 'insured' as const, value })),
  fc.constantFrom<LabelService>({ kind: 'fresh' }, { kind: 'return_on_failure' }),
);
const customs: fc.Arbitrary<CustomsBlock> = fc
  .tuple(
    fc.constantFrom<'CN22' | 'CN23'>('CN22', 'CN23'),
    fc.array(
      fc.record({
        description: words,
        quantity: count,
        weightGrams: count,
        value: amount,
        hs6: words,
        origin: words,
      }),
      { minLength: 1, maxLength: 30 },
    ),
    words,
  )
  .map(([form, items, text]) => ({
    ...cn23,
    form,
    items,
    comments: text,
    signedBy: text,
    licence: text,
    contentNote: text,
  }));

const content: fc.Arbitrary<LabelContent> = fc.record(
  {
    variant: fc.constantFrom<'domestic' | 'international'>('domestic', 'international'),
    captions: fc.constantFrom<'en' | 'zh'>('en', 'zh'),
    waybillNumber: fc.stringMatching(/^[A-Z0-9]{4,30}$/),
    piece: fc.record({ index: count, count }),
    parentNumber: words,
    carrierName: words,
    lineName: words,
    sortMark: words,
    route: fc.record({ raw: words, hub: words }),
    consolidation: fc.record({ name: words, code: fc.oneof(words, fc.stringMatching(/^[A-Z-]{1,18}$/)) }),
    shipFromOutlet: words,
    recipient: party,
    sender: party,
    orderReference: words,
    remark: words,
    weightGrams: count,
    services: fc.array(service, { maxLength: 4 }),
    batteryMark: words,
    inspected: fc.boolean(),
    printedAtText: words,
    printCount: count,
    paymentMark: words,
    lineMark: words,
    qrPayload: fc.stringMatching(/^[ -~]{1,106}$/),
    customs,
  },
  {
    requiredKeys: [
      'variant',
      'captions',
      'waybillNumber',
      'piece',
      'carrierName',
      'lineName',
      'recipient',
      'sender',
      'services',
      'inspected',
      'printedAtText',
      'printCount',
      'qrPayload',
    ],
  },
);

function overlaps(a: Box, b: Box): boolean {
  const slack = 1e-6;
  return (
    a.x < b.x + b.w - slack && b.x < a.x + a.w - slack && a.y < b.y + b.h - slack && b.y < a.y + a.h - slack
  );
}

/** Every rule that a sheet must keep, as sentences of what is wrong. */
function faultsOf(sheet: Sheet): readonly string[] {
  const faults: string[] = [];
  const symbols = sheet.primitives.filter((each) => each.kind === 'code128' || each.kind === 'qr');
  const texts = sheet.primitives.filter((each) => each.kind === 'text');
  const inside = {
    x: MARGIN_MM,
    y: MARGIN_MM,
    w: sheet.widthMm - 2 * MARGIN_MM,
    h: sheet.heightMm - 2 * MARGIN_MM,
  };
  for (const { kind, box } of sheet.primitives) {
    const out =
      box.x < inside.x - 1e-6 ||
      box.y < inside.y - 1e-6 ||
      box.x + box.w > inside.x + inside.w + 1e-6 ||
      box.y + box.h > inside.y + inside.h + 1e-6;
    if (out || !(box.w > 0) || !(box.h > 0))
      faults.push(`${kind} ${JSON.stringify(box)} leaves the printable area`);
  }
  for (const symbol of symbols) {
    for (const other of sheet.primitives) {
      if (other !== symbol && overlaps(symbol.box, other.box))
        faults.push(`${other.kind} enters a ${symbol.kind}`);
    }
    faults.push(...symbolFaults(sheet, symbol));
  }
  texts.forEach((text, index) => {
    for (const other of texts.slice(index + 1)) {
      if (overlaps(text.box, other.box)) faults.push(`"${text.text}" overlaps "${other.text}"`);
    }
    if (text.sizePt < 5 - 1e-9) faults.push(`"${text.text}" is smaller than 5 pt`);
  });
  return faults;
}

function symbolFaults(
  sheet: Sheet,
  symbol: Extract<Primitive, { kind: 'code128' | 'qr' }>,
): readonly string[] {
  const moduleMm = symbol.moduleDots / sheet.dotsPerMm;
  if (symbol.kind === 'qr') {
    const quiet = QR_QUIET_MODULES * moduleMm;
    const ok = moduleMm >= MIN_QR_MODULE_MM && symbol.x - symbol.box.x >= quiet - 1e-6;
    return ok ? [] : ['the QR has small modules or no quiet zone'];
  }
  const width = symbol.widths.reduce((sum, each) => sum + each, 0) * moduleMm;
  const quiet = CODE128_QUIET_MODULES * moduleMm;
  const ok =
    moduleMm >= MIN_MODULE_MM - 1e-9 &&
    symbol.barsX - symbol.box.x >= quiet - 1e-6 &&
    symbol.box.x + symbol.box.w - symbol.barsX - width >= quiet - 1e-6;
  return ok ? [] : ['a Code 128 has narrow modules or a short quiet zone'];
}

const size = fc.constantFrom(...LABEL_SIZES);
const dpi = fc.constantFrom(...LABEL_DPIS);

describe('whatever the content', () => {
  test('nothing leaves the page, enters a quiet zone or overlaps another text', () => {
    let laidOut = 0;
    fc.assert(
      fc.property(content, size, dpi, (label, onSize, onDpi) => {
        const laid = layoutLabel(label, onSize, onDpi);
        if (!laid.ok) return;
        laidOut += 1;
        expect(faultsOf(laid.value)).toEqual([]);
      }),
      { numRuns: 400 },
    );
    // The property would prove nothing if most contents were refused.
    expect(laidOut).toBeGreaterThan(200);
  });

  test('ZPL holds only our commands and every text comes back after unescaping', () => {
    fc.assert(
      fc.property(content, size, dpi, (label, onSize, onDpi) => {
        const made = renderLabels({
          contents: [label],
          format: 'zpl',
          size: onSize,
          dpi: onDpi,
          createdAt: CREATED_AT,
        });
        const laid = layoutLabel(label, onSize, onDpi);
        if (!made.ok || !laid.ok) {
          expect(made.ok).toBe(laid.ok);
          return;
        }
        const lines = readZpl(made.value);
        const sent = lines.flatMap((line) => (line.kind === 'text' ? [line.text] : []));
        const meant = laid.value.primitives.flatMap((each) =>
          each.kind === 'text' ? each.runs.map((run) => run.text) : [],
        );
        expect(sent).toEqual(meant);
        const carets = Buffer.from(made.value).toString('latin1').match(/[\^~]/g)?.length ?? 0;
        const ours = { setup: 1, box: 3, code128: 6, qr: 5, text: 5 } as const;
        const reversed = laid.value.primitives.flatMap((each) =>
          each.kind === 'text' && each.tone === 'white' ? each.runs : [],
        ).length;
        expect(carets).toBe(lines.reduce((sum, line) => sum + ours[line.kind], reversed));
      }),
      { numRuns: 150 },
    );
  });

  test('the PDF parses and has no action, script, link or file', () => {
    fc.assert(
      fc.property(content, size, (label, onSize) => {
        const made = renderLabels({ contents: [label], format: 'pdf', size: onSize, createdAt: CREATED_AT });
        if (!made.ok) return;
        for (const { dictionary } of readPdf(made.value).values()) {
          expect(dictionary).not.toMatch(
            /\/(JavaScript|JS|OpenAction|URI|Launch|AA|EmbeddedFiles?|Annots|AcroForm)\b/,
          );
        }
      }),
      { numRuns: 150 },
    );
  });
});

test('an overlap and a short quiet zone would be found', () => {
  const laid = layoutLabel(
    fc.sample(
      content.map((each) => ({ ...each, waybillNumber: 'PR123456' })),
      { seed: 7, numRuns: 1 },
    )[0]!,
    '100x180mm',
  );
  if (!laid.ok) throw new Error(laid.rejection.detail);
  const symbol = laid.value.primitives.find((each) => each.kind === 'code128')!;
  const intruder: Primitive = { kind: 'rect', box: { ...symbol.box, w: 1 } };
  expect(faultsOf({ ...laid.value, primitives: [...laid.value.primitives, intruder] })).toContain(
    'rect enters a code128',
  );
  const narrow = { ...symbol, barsX: symbol.barsX - 1 };
  expect(faultsOf({ ...laid.value, primitives: [narrow] })).not.toEqual([]);
});
