import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, type Output, printPages } from './output.ts';

type Point = components['schemas']['Point'];
type State = Point['state'];
const PAGE = 100;
const LOOK_MS = 500;

/** Prints your points, at most `limit`; with `--json` as the API answers them. */
export async function listPoints(
  client: PostroadClient,
  output: Output,
  asked: { readonly state: string | undefined; readonly code: string | undefined; readonly limit: number },
): Promise<void> {
  await printPages(
    output,
    asked.limit,
    (part) =>
      client.get('/v1/points', {
        params: {
          query: {
            ...part,
            ...(asked.state === undefined ? {} : { state: asked.state as State }),
            ...(asked.code === undefined ? {} : { outlet_code: asked.code }),
          },
        },
      }),
    rowOf,
  );
}

function rowOf(one: Point) {
  return {
    point: one.id,
    outlet: one.outlet_code,
    state: one.state,
    kind: one.kind,
    city: one.city,
    open: one.is_open ? 'open' : 'closed',
    name: one.name,
  };
}

/** Prints one counter: its public face, which everybody may read. */
export async function showPoint(client: PostroadClient, output: Output, id: string): Promise<void> {
  const one = await client.get('/v1/points/{point_id}', { params: { path: { point_id: id } } });
  if (output.json) {
    output.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const line = (text: string) => output.write(`${clean(text)}\n`);
  line(`${one.name}: ${one.kind}, ${one.state}, ${one.is_open ? 'open' : 'closed'} now`);
  line([...one.address_lines, one.postcode ?? '', one.city, one.country].filter(Boolean).join(', '));
  line(`${one.position.latitude}, ${one.position.longitude}; takes ${one.services.join(', ')}`);
  for (const { day, opens, closes } of one.hours) line(`  day ${day}: ${opens}-${closes}`);
  for (const { date, hours } of one.exceptions)
    line(`  ${date}: ${hours.map(({ opens, closes }) => `${opens}-${closes}`).join(' ') || 'closed'}`);
}

/** Sends a file of outlets, waits until it is read and tells what became of it. Answers 1 when a line was refused. */
export async function feedOutlets(
  client: PostroadClient,
  output: Output,
  path: string,
  mode: string,
): Promise<number> {
  if (mode !== 'full' && mode !== 'delta') throw new MisuseError('--mode is full or delta');
  const text = await readFile(path, 'utf8');
  if (text.trim() === '') throw new MisuseError('the file is empty');
  const { organisation } = await client.get('/v1/me');
  const network = { organisation_id: organisation.id };
  const sent = await client.post('/v1/point-networks/{organisation_id}/outlet-feeds', {
    params: { path: network, query: { mode } },
    body: text as never,
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': 'text/csv' },
  });
  const key = { path: { ...network, feed_id: sent.id } };
  const read = () =>
    client.get('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}', { params: key });
  let feed = await read();
  while (feed.state === 'reading' || feed.state === 'closing') {
    await pause(LOOK_MS);
    feed = await read();
  }
  if (feed.outcomes.refused > 0) {
    const lines = await client.get('/v1/point-networks/{organisation_id}/outlet-feeds/{feed_id}/lines', {
      params: { ...key, query: { outcome: 'refused', limit: PAGE } },
    });
    for (const { line, outlet_code, errors } of lines.data)
      for (const { column, message } of errors)
        output.note(`${clean(`${line}: ${outlet_code} ${column}: ${message}`)}\n`);
  }
  if (feed.state === 'awaiting_confirmation')
    output.note(`${feed.missing} outlets are not named; say with ${feed.id} whether they are gone\n`);
  const { opened, changed, unchanged, closed, refused } = feed.outcomes;
  output.write(
    output.json
      ? `${JSON.stringify(feed)}\n`
      : `${feed.id} ${feed.state}: ${opened} opened, ${changed} changed, ${unchanged} unchanged, ${closed} closed, ${refused} refused\n`,
  );
  return refused === 0 && feed.state === 'done' ? EXIT.ok : EXIT.refused;
}
