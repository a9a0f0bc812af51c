import { expect, test } from 'vitest';
import { languagesOf } from './plain-view.ts';

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', ['zh-cn', 'zh', 'en']],
  ['de, en;q=0.3, zh ; q=0.7', ['de', 'zh', 'en']],
  ['zh;q=0, *;q=0.1, en;q=nonsense', ['*']],
  ['', []],
])('Accept-Language %j asks for %j', (header, wanted) => {
  expect(languagesOf(header)).toEqual(wanted);
});
