import { afterAll, describe, expect, test } from 'vitest';
import { createLabelPress } from './index.ts';
import { pagesOf } from './pdf.fixture.ts';
import { renderLabels } from './render.ts';
import { CREATED_AT, chineseDomestic, latinDomestic } from './sample.fixture.ts';

const press = createLabelPress({ timeoutMs: 30_000 });
afterAll(() => press.close());

describe('the label press', () => {
  test('gives the same bytes as drawing on the calling thread', async () => {
    for (const content of [latinDomestic, chineseDomestic]) {
      const job = { format: 'pdf', size: '100x150mm', createdAt: CREATED_AT } as const;
      const made = await press.render({ ...job, content });
      const here = renderLabels({ ...job, contents: [content] });
      expect(made.ok && here.ok && Buffer.from(made.value).equals(here.value)).toBe(true);
    }
  });

  test('prints many labels into one PDF', async () => {
    const contents = [latinDomestic, chineseDomestic, latinDomestic];
    const made = await press.renderMany({ contents, format: 'pdf', size: '76x130mm', createdAt: CREATED_AT });
    expect(made.ok && pagesOf(made.value).length).toBe(3);
  });

  test('a label that cannot be printed is a refusal, not a failure of the thread', async () => {
    const content = { ...latinDomestic, waybillNumber: '^XA' };
    const made = await press.render({ content, format: 'zpl', size: '4x6in', createdAt: CREATED_AT });
    expect(made).toMatchObject({ ok: false, rejection: { code: 'label_not_printable' } });
    expect(press.stats()).toMatchObject({ threads: 1, lost: 0 });
  });

  test('the event loop turns while a batch is drawn', async () => {
    const contents = Array.from({ length: 200 }, () => chineseDomestic);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await press.renderMany({ contents, format: 'pdf', size: '100x150mm', createdAt: CREATED_AT });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});
