import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { languagesOf, openPlainPage } from './plain-view.ts';

test('a page says what its link opens; a wrong link, an answer that does not come and a broken view leave it as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-plain-'));
  mkdirSync(join(folder, 'plain'));
  const view = "export const plainView = ({ number }, wanted) => number.trim() + ' ' + wanted;";
  writeFileSync(join(folder, 'plain', 'plain.js'), view);
  const errors: unknown[] = [];
  const http = fastify();
  http.post('/v1/track', async ({ body }, reply) => {
    const { token } = body as { token: string };
    if (token === 'wrong') return reply.code(404).send({ code: 'track_not_found' });
    if (token === 'silent') return new Promise(() => undefined);
    return token === 'right' ? { number: 'PRC1' } : {};
  });
  const plain = await openPlainPage(http, folder, (error) => errors.push(error));
  http.get('/t/:token', async (request) => ({ said: await plain?.(request) }));
  const open = async (token: string) =>
    (await http.inject({ url: `/t/${token}`, headers: { 'accept-language': 'zh, en;q=0.5' } })).json();
  expect(await open('right')).toEqual({ said: 'PRC1 zh,en' });
  expect(await open('wrong')).toEqual({});
  expect(errors).toEqual([]);
  expect([await open('silent'), await open('broken')]).toEqual([{}, {}]);
  expect(errors).toEqual([
    expect.objectContaining({ message: 'no answer within 500 ms' }),
    expect.any(TypeError),
  ]);
  expect(await openPlainPage(http, join(folder, 'none'), () => undefined)).toBeUndefined();
  await http.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['zh-CN,zh;q=0.9,en;q=0.8', ['zh-cn', 'zh', 'en']],
  ['de, en;q=0.3, zh ; q=0.7', ['de', 'zh', 'en']],
  ['zh;q=0, *;q=0.1, en;q=nonsense', ['*']],
  ['', []],
])('Accept-Language %j asks for %j', (header, wanted) => {
  expect(languagesOf(header)).toEqual(wanted);
});
