import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createPostroadClient } from '../client.ts';
import { importScans } from './scans.ts';

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** A network that takes every line; from the request `brokenFrom` on it refuses. */
async function importing(file: Uint8Array, brokenFrom = Number.POSITIVE_INFINITY) {
  const bodies: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks));
    const isBroken = bodies.length > brokenFrom;
    const answer = isBroken
      ? {
          type: 'about:blank',
          title: 'T',
          status: 422,
          code: 'scan_file_unreadable',
          detail: 'Line 3: text after quote.',
        }
      : { accepted: 1, duplicates: 0, refused: 1, errors: [], data: [{ index: 3, result: 'refused' }] };
    response
      .writeHead(isBroken ? 422 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  stop = () => new Promise((done) => server.close(() => done()));
  const told = { out: '', notes: '' };
  const output = {
    ...{ json: false, isTerminal: false },
    write: (text: string) => {
      told.out += text;
    },
    note: (text: string) => {
      told.notes += text;
    },
  };
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createPostroadClient({ baseUrl, key: 'k', retries: 0 });
  const error = await importScans(client, output, file, undefined).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { bodies, told, error };
}

const table = (rows: number) =>
  Buffer.from(['number,text', ...Array.from({ length: rows }, (_, row) => `${row},"a, b"`), ''].join('\n'));

test('a table longer than one request goes in several, also with quotes, and its lines keep their numbers', async () => {
  const { bodies, told } = await importing(table(12_000));
  expect(bodies.map((body) => body.toString().split('\n')[1])).toEqual([
    '0,"a, b"',
    '5000,"a, b"',
    '10000,"a, b"',
  ]);
  expect(told.notes).toContain('5: ');
  expect(told.notes).toContain('10005: ');
  expect(told.out).toBe('3 accepted, 0 known, 3 refused\n');
});

test('when a later part is refused, what was taken before it is told, and from where on nothing was', async () => {
  const { told, error } = await importing(table(12_000), 1);
  expect(error?.message).toContain('scan_file_unreadable: Line 5003: text after quote.');
  expect(told.out).toBe('1 accepted, 0 known, 1 refused\n');
  expect(told.notes).toContain('not sent: line 5002 ');
});

test('an interchange goes out as the bytes that it is; a table in another encoding does not go out', async () => {
  const interchange = Buffer.from("UNB+UNOC:3+A+B'FTX+M\xfcnchen'", 'latin1');
  expect((await importing(interchange)).bodies[0]).toEqual(interchange);
  const { bodies, error } = await importing(Buffer.from('number,text\nA,M\xfcnchen\n', 'latin1'));
  expect(bodies).toEqual([]);
  expect(error?.message).toContain('save it as UTF-8');
});

test('lines are those of the file also behind blank ones and behind cells of two lines', async () => {
  const rows = Array.from({ length: 6_000 }, (_, row) => `${row},"two\nlines"\n`);
  const file = Buffer.from(`\nnumber,text\n\n${rows.join('')}`);
  const { told, error } = await importing(file, 1);
  // The fourth row begins three rows of two lines below the header, and two blank lines.
  expect(told.notes).toContain('10: ');
  expect(told.notes).toContain('not sent: line 10004 ');
  // In the part the third line is the second one of its first row.
  expect(error?.message).toContain('Line 10005: ');
});
