import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventParser, followEvents, type ServerEvent } from './event-stream.ts';

describe('the text of a stream', () => {
  const TEXT =
    'retry: 1234\n\n:\n\nid: a\nevent: tracking\ndata: {"x":\ndata: 1}\n\nevent:gone\r\ndata\r\n\r\nignored: 1\ndata: last\n\nevent: empty\n\n';
  const EVENTS = [
    { event: 'tracking', id: 'a', data: '{"x":\n1}' },
    { event: 'gone', id: 'a', data: '' },
    { event: 'message', id: 'a', data: 'last' },
  ];

  it('gives the same events however it is cut', () => {
    for (let size = 1; size <= TEXT.length; size += 1) {
      const parser = eventParser();
      const events: ServerEvent[] = [];
      for (let at = 0; at < TEXT.length; at += size) events.push(...parser.push(TEXT.slice(at, at + size)));
      expect(events).toEqual(EVENTS);
      expect(parser.retryMs()).toBe(1234);
    }
  });

  it('an event that is cut off in the middle is none', () => {
    expect(eventParser().push('event: tracking\ndata: {"half"')).toEqual([]);
  });
});

describe('following', () => {
  type Answer = (response: ServerResponse, lastEventId: string | undefined) => void;
  let server: Server;
  let url: string;
  let answers: Answer[];

  beforeEach(async () => {
    answers = [];
    server = createServer((request, response) => {
      const next = answers.shift();
      if (next === undefined)
        response.writeHead(404, { 'content-type': 'application/problem+json' }).end('{}');
      else next(response, request.headers['last-event-id'] as string | undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const stream = (response: ServerResponse, text: string) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`retry: 1\n\n${text}`);

  async function follow(silenceMs = 10_000) {
    const seen: string[] = [];
    const states: boolean[] = [];
    const failed = await followEvents({
      open: (lastEventId, signal) =>
        fetch(url, { signal, headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId } }),
      onEvent: ({ data }) => seen.push(data),
      onLive: (isLive) => states.push(isLive),
      signal: new AbortController().signal,
      retryDelayMs: 1,
      silenceMs,
    }).catch((error: { status?: number }) => error.status);
    return { seen, states, failed };
  }

  it('goes on behind the last event after an end, a broken line and a server that has no place', async () => {
    const asked: (string | undefined)[] = [];
    const noted =
      (answer: (response: ServerResponse) => void): Answer =>
      (response, lastEventId) => {
        asked.push(lastEventId);
        answer(response);
      };
    answers = [
      noted((response) => {
        stream(response, 'id: 1\ndata: one\n\n');
        response.end();
      }),
      noted((response) => response.destroy()),
      noted((response) => response.writeHead(503, { 'retry-after': '0' }).end('{}')),
      noted((response) => {
        stream(response, 'id: 2\ndata: two\n\n');
        response.end();
      }),
    ];
    // The fifth request finds nothing there: that is final.
    expect(await follow()).toEqual({
      seen: ['one', 'two'],
      states: [true, false, false, false, true, false],
      failed: 404,
    });
    expect(asked).toEqual([undefined, '1', '1', '1']);
  });

  it('a line on which nothing comes any more is opened anew', async () => {
    answers = [
      (response) => stream(response, 'data: one\n\n'),
      (response) => stream(response, 'data: two\n\n'),
    ];
    // Long enough for a busy machine to open one.
    expect((await follow(800)).seen).toEqual(['one', 'two']);
  });
});
