import { describe, expect, test } from 'vitest';
import { decode, drawSheet } from './bitmap.fixture.ts';
import { DOTS_PER_MM, LABEL_DPIS, LABEL_SIZES, type LabelContent, SIZE_MM } from './content.ts';
import { layoutLabel } from './layout.ts';
import { drawContent, pagesOf, readPdf } from './pdf.fixture.ts';
import { renderLabels } from './render.ts';
import {
  CREATED_AT,
  chineseDomestic,
  internationalCn22,
  internationalCn23,
  latinDomestic,
  SAMPLES,
} from './sample.fixture.ts';
import type { Sheet } from './sheet.ts';
import { drawZpl, readZpl } from './zpl.fixture.ts';

function sheetOf(content: LabelContent, size: (typeof LABEL_SIZES)[number], dpi: 203 | 300 = 203): Sheet {
  const laid = layoutLabel(content, size, dpi);
  if (!laid.ok) throw new Error(laid.rejection.detail);
  return laid.value;
}

function bytesOf(
  content: LabelContent,
  size: (typeof LABEL_SIZES)[number],
  format: 'pdf' | 'zpl',
  dpi: 203 | 300 = 203,
) {
  const made = renderLabels({ contents: [content], format, size, dpi, createdAt: CREATED_AT });
  if (!made.ok) throw new Error(made.rejection.detail);
  return made.value;
}

/** The symbols that must be read back: number twice, QR, and the consolidation code where the layout has room. */
function expectedSymbols(content: LabelContent, sheet: Sheet): readonly string[] {
  const symbols = [`QRCode:${content.qrPayload}`];
  for (const primitive of sheet.primitives) {
    if (primitive.kind === 'code128') symbols.push(`Code128:${primitive.data}`);
  }
  const numbers = symbols.filter((symbol) => symbol === `Code128:${content.waybillNumber}`);
  expect(numbers).toHaveLength(2);
  return symbols.sort();
}

const cases = Object.entries(SAMPLES).flatMap(([name, content]) =>
  LABEL_SIZES.map((size) => ({ name, content, size })),
);

describe.each(cases)('$name on $size', ({ content, size }) => {
  test('a decoder reads every symbol of the layout, with all texts drawn as solid blocks', async () => {
    const sheet = sheetOf(content, size);
    expect(await decode(drawSheet(sheet, sheet.dotsPerMm))).toEqual(expectedSymbols(content, sheet));
  });

  test('a decoder reads every symbol from the bytes of the PDF', async () => {
    const [page] = pagesOf(bytesOf(content, size, 'pdf'));
    expect(page!.width).toBeCloseTo((SIZE_MM[size].width * 72) / 25.4, 1);
    expect(page!.height).toBeCloseTo((SIZE_MM[size].height * 72) / 25.4, 1);
    const dots = drawContent(page!, (25.4 / 72) * DOTS_PER_MM[203]);
    expect(await decode(dots)).toEqual(expectedSymbols(content, sheetOf(content, size)));
  });

  test.each(LABEL_DPIS)('a decoder reads every symbol of the ZPL at %i dpi', async (dpi) => {
    const lines = readZpl(bytesOf(content, size, 'zpl', dpi));
    const width = Math.round(SIZE_MM[size].width * DOTS_PER_MM[dpi]);
    const height = Math.round(SIZE_MM[size].height * DOTS_PER_MM[dpi]);
    expect(lines.slice(0, 5)).toEqual(
      ['XA', 'CI28', 'LH0,0', `PW${width}`, `LL${height}`].map((command) => ({ kind: 'setup', command })),
    );
    expect(lines.at(-1)).toEqual({ kind: 'setup', command: 'XZ' });
    for (const line of lines) {
      if (line.kind === 'setup') continue;
      expect(line.x).toBeLessThan(width);
      expect(line.y).toBeLessThan(height);
      if (line.kind === 'box')
        expect([line.x + line.w <= width, line.y + line.h <= height]).toEqual([true, true]);
    }
    expect(await decode(drawZpl(lines, width, height))).toEqual(
      expectedSymbols(content, sheetOf(content, size, dpi)),
    );
  });

  test('who it goes to, the routing code, the number and every mark are printed whole', () => {
    const printed = sheetOf(content, size)
      .primitives.flatMap((primitive) => (primitive.kind === 'text' ? [primitive.text] : []))
      .join(' ');
    expect(printed).toContain(content.recipient.phone);
    expect(printed).toContain(content.carrierName);
    expect(printed).toContain(content.route!.raw);
    if (content.inspected) expect(printed).toMatch(/INSPECTED|已验视/);
    for (const service of content.services) {
      if (service.kind === 'cod') expect(printed).toMatch(/(COD|代收货款) [A-Z]{3} \d+\.\d{2}/);
    }
    if (content.batteryMark !== undefined) expect(printed).toContain(content.batteryMark);
    if (content.customs !== undefined) {
      expect(printed).toContain('GERMANY (DE)');
      expect(printed).toContain('CHINA (CN)');
      expect(printed).toContain(content.customs.form);
      expect(printed).toContain('customs regulations.');
      expect(printed).toMatch(/[A-Z]{2} \d{3} \d{3} \d{3} CN/);
      const [first] = sheetOf(content, size).primitives.filter((each) => each.kind === 'code128');
      expect(first?.box.h).toBeGreaterThanOrEqual(12.5);
    }
  });

  test('equal jobs give equal bytes in both formats', () => {
    expect(Buffer.from(bytesOf(content, size, 'pdf')).equals(bytesOf(content, size, 'pdf'))).toBe(true);
    expect(Buffer.from(bytesOf(content, size, 'zpl')).equals(bytesOf(content, size, 'zpl'))).toBe(true);
  });
});

describe('a PDF label', () => {
  test('of Latin text embeds no font', () => {
    const file = [...readPdf(bytesOf(latinDomestic, '100x150mm', 'pdf')).values()];
    expect(file.some(({ dictionary }) => dictionary.includes('/FontFile2'))).toBe(false);
  });

  test('of Chinese text embeds small subsets that map back to Unicode', () => {
    const bytes = bytesOf(chineseDomestic, '100x150mm', 'pdf');
    const file = [...readPdf(bytes).values()];
    expect(file.filter(({ dictionary }) => dictionary.includes('/FontFile2'))).toHaveLength(2);
    const maps = file.flatMap(({ stream }) =>
      stream?.includes('begincmap') ? [stream.toString('latin1')] : [],
    );
    for (const character of '义乌市') {
      expect(maps.join('')).toContain(character.charCodeAt(0).toString(16).padStart(4, '0'));
    }
    expect(bytes.length).toBeLessThan(60_000);
  });

  test('has the date of the job and no action, script, link or file', () => {
    const text = Buffer.from(bytesOf(chineseDomestic, '76x130mm', 'pdf')).toString('latin1');
    expect(text).toContain('(D:20261122080500Z)');
    expect(text).not.toMatch(/\/(JavaScript|JS|OpenAction|URI|Launch|AA|EmbeddedFile|Annots)\b/);
  });

  test('of 500 parcels has 500 pages', () => {
    const contents = Array.from({ length: 500 }, (_, index) => ({
      ...latinDomestic,
      waybillNumber: `PRBR${String(index).padStart(13, '0')}`,
    }));
    const made = renderLabels({ contents, format: 'pdf', size: '100x150mm', createdAt: CREATED_AT });
    expect(made.ok && pagesOf(made.value).length).toBe(500);
  });
});

describe('what cannot be printed is refused', () => {
  const job = { format: 'pdf', size: '76x130mm', createdAt: CREATED_AT } as const;
  const refusals: readonly (readonly [string, Partial<LabelContent>, RegExp])[] = [
    ['a number with a space', { waybillNumber: 'AB 123' }, /printed number/],
    ['a number with a ZPL invocation', { waybillNumber: 'AB>8123' }, /printed number/],
    ['an empty number', { waybillNumber: '' }, /printed number/],
    [
      'a number too long for 76 mm',
      { waybillNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCD' },
      /needs \d+ mm of width/,
    ],
    ['a QR payload over 106 characters', { qrPayload: 'x'.repeat(107) }, /QR payload/],
    ['a QR payload outside ASCII', { qrPayload: '金' }, /QR payload/],
    ['an empty customs form', { customs: { ...internationalCn22.customs!, items: [] } }, /at least one item/],
    [
      'more marks than the label has room for',
      { services: Array.from({ length: 60 }, () => ({ kind: 'return_on_failure' }) as const) },
      /mm of height/,
    ],
  ];

  test.each(refusals)('%s', (_, change, detail) => {
    const made = renderLabels({ ...job, contents: [latinDomestic, { ...latinDomestic, ...change }] });
    expect(made).toMatchObject({
      ok: false,
      rejection: { code: 'label_not_printable', errors: [{ pointer: '/contents/1' }] },
    });
    expect(made.ok ? '' : made.rejection.detail).toMatch(detail);
  });

  test('no labels, more than 500, and a printer font that carries commands', () => {
    for (const contents of [[], Array.from({ length: 501 }, () => latinDomestic)]) {
      expect(renderLabels({ ...job, contents }).ok).toBe(false);
    }
    expect(
      renderLabels({ ...job, format: 'zpl', zplFont: 'E:A.TTF^FS~JA', contents: [latinDomestic] }).ok,
    ).toBe(false);
  });

  test('a number too long for 76 mm stands on 100 mm when it fits there', () => {
    const content = { ...latinDomestic, waybillNumber: 'ABCDEFGHIJKLMNOPQRSTUVWXYZABCD'.slice(0, 27) };
    expect(layoutLabel(content, '76x130mm').ok).toBe(false);
    expect(layoutLabel(content, '100x150mm').ok).toBe(true);
  });

  test('a customs form with more items than rows counts the rest', () => {
    const texts = sheetOf(internationalCn23, '76x130mm').primitives.flatMap((each) =>
      each.kind === 'text' ? [each.text] : [],
    );
    expect(texts.some((text) => /^\+ \d more, see attached form$/.test(text))).toBe(true);
    expect(texts).toContain('45');
  });
});
