import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emlOf } from './eml.ts';
import { openMessageFolder } from './folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postroad-messages-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const EMAIL = {
  id: 'msg_1',
  from: 'network@example.org',
  to: 'ada@example.com',
  subject: 'Ihr Paket, 您的包裹',
  text: 'Hallo\n您好',
  sentAt: '2026-03-01T12:00:00.000Z',
};

test('whatever subject and text hold, the headers stay eight and the text comes back whole', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(text, fc.oneof(text, fc.constant('x\r\nBcc: eve@example.com\r\n\r\nhi')), (body, subject) => {
      const eml = emlOf({ ...EMAIL, subject, text: body });
      const [head = '', ...rest] = eml.split('\r\n\r\n');
      const lines = head.replace(/\r\n /g, ' ').split('\r\n');
      expect(lines.map((line) => line.split(':')[0])).toEqual([
        'From',
        'To',
        'Subject',
        'Date',
        'Message-ID',
        'MIME-Version',
        'Content-Type',
        'Content-Transfer-Encoding',
      ]);
      expect(Buffer.from(rest.join(''), 'base64').toString()).toBe(body.toWellFormed());
      expect(eml.split('\r\n').every((line) => line.length <= 78)).toBe(true);
    }),
  );
});

test.each(['a@b\r\nBcc: c@d', 'a', 'a b@c.d', '"a"@b.c', '<a@b.c>', 'a@b.c, d@e.f'])(
  '%j is no address',
  (to) => {
    expect(() => emlOf({ ...EMAIL, to })).toThrow(RangeError);
  },
);

test('messages become files of their owner, once per id', async () => {
  const { email, sms } = openMessageFolder(folder);
  await email.send(EMAIL);
  await email.send(EMAIL);
  await sms.send({ id: 'msg_2', to: '+4930123456', text: 'Code 1234' });
  expect(await readdir(join(folder, 'email'))).toEqual(['msg_1.eml']);
  expect(await readFile(join(folder, 'sms', 'msg_2.txt'), 'utf8')).toBe('To: +4930123456\n\nCode 1234\n');
  expect((await stat(join(folder, 'email', 'msg_1.eml'))).mode & 0o077).toBe(0);
});

test('an id that leads elsewhere and a number that is none are refused', async () => {
  const { email, sms } = openMessageFolder(folder);
  for (const id of ['../x', 'a/b', '', 'a\u0000', 'a'.repeat(101)])
    await expect(email.send({ ...EMAIL, id })).rejects.toThrow(RangeError);
  await expect(sms.send({ id: 'a', to: '110', text: '' })).rejects.toThrow(RangeError);
});
