import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** Custom properties of the block after a selector. */
function tokensOf(selector: string): Map<string, string> {
  const at = css.indexOf(`${selector} {`);
  const block = css.slice(at, css.indexOf('}', at));
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = tokensOf(':root');
const dark = tokensOf(':root[data-theme="dark"]');

test('dark by choice and dark by the system are the same', () => {
  expect(dark.size).toBeGreaterThan(15);
  expect(dark).toEqual(tokensOf(':root:not([data-theme="light"])'));
});

test.each([
  ['light', light],
  ['dark', dark],
] as const)('%s: text can be read on its ground (WCAG 2.2, 1.4.3 and 1.4.11)', (_name, tokens) => {
  const on = (ink: string, ground: string) => contrast(tokens.get(ink) ?? '', tokens.get(ground) ?? '');
  for (const ground of ['ground', 'card', 'sunk', 'accent-soft']) {
    expect(on('ink', ground), `ink on ${ground}`).toBeGreaterThan(7);
    expect(on('soft', ground), `soft on ${ground}`).toBeGreaterThan(4.5);
  }
  for (const tone of ['ok', 'move', 'warn', 'bad', 'idle']) {
    expect(on(tone, `${tone}-soft`), tone).toBeGreaterThan(4.5);
    expect(on(tone, 'card'), tone).toBeGreaterThan(4.5);
  }
  expect(on('on-accent', 'accent')).toBeGreaterThan(4.5);
  for (const ground of ['ground', 'card']) expect(on('accent', ground)).toBeGreaterThan(4.5);
  for (const ground of ['card', 'ground', 'sunk'])
    expect(on('edge', ground), 'edges of controls').toBeGreaterThan(3);
});

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
