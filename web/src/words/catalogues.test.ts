import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../', import.meta.url));

type Messages = Readonly<Record<string, string>>;
const wordsIn = async (path: string): Promise<Messages> =>
  ((await import(join(SOURCES, path))) as { words: Messages }).words;

const english = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.en.ts'))
  .sort();

it('there are catalogues', () => {
  expect(english.length).toBeGreaterThanOrEqual(2);
});

describe.each(english)('%s', (path) => {
  it('says the same in both languages, with the same values', async () => {
    const en = await wordsIn(path);
    const zh = await wordsIn(path.replace(/\.en\.ts$/, '.zh.ts'));
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en))
      expect(valuesOf(zh[key] ?? '', 'zh-CN'), key).toEqual(valuesOf(text, 'en'));
  });

  it('counts by rules, not by an added s, and is not left in English', async () => {
    const en = await wordsIn(path);
    const zh = await wordsIn(path.replace(/\.en\.ts$/, '.zh.ts'));
    expect(Object.entries(en).filter(([, text]) => /\(s\)/.test(text))).toEqual([]);
    const same = Object.entries(en).filter(
      ([key, text]) => zh[key] === text && /[a-z]{3,} [a-z]{3,}/.test(text),
    );
    expect(same).toEqual([]);
  });

  it('is punctuated as Chinese is, where Chinese stands on both sides', async () => {
    const zh = await wordsIn(path.replace(/\.en\.ts$/, '.zh.ts'));
    const western = Object.entries(zh).filter(([, text]) =>
      /\p{Script=Han}[,;:?!] ?\p{Script=Han}/u.test(text),
    );
    expect(western).toEqual([]);
  });
});

/** Names of the values that a message needs, with their kinds; throws when it is no ICU message. */
function valuesOf(text: string, locale: string): string[] {
  const found = new Map<string, string>();
  const visit = (elements: readonly Element[]) => {
    for (const element of elements) {
      // 0 is plain text, 7 the # of a plural (@formatjs/icu-messageformat-parser, TYPE).
      if (element.type !== 0 && element.type !== 7) found.set(String(element.value), kindOf(element.type));
      for (const { value } of Object.values(element.options ?? {})) visit(value);
    }
  };
  visit(new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst() as unknown as Element[]);
  return [...found].map(([name, kind]) => `${name}: ${kind}`).sort();
}

/** A plural in English may be a plain number in Chinese; a text is a text. */
const kindOf = (type: number) => (type === 1 || type === 2 || type === 6 ? 'value' : `type ${type}`);

type Element = {
  readonly type: number;
  readonly value?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
};
