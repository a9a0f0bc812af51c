import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type Received = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};
export type Behaviour = (response: ServerResponse, request: IncomingMessage, received: Received) => unknown;
export type Receiver = {
  readonly url: string;
  readonly received: Received[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
};

export const ok: Behaviour = (response) => response.end('ok');

/** A receiver on loopback that keeps what it gets and answers as told. */
export async function startReceiver(first: Behaviour = ok): Promise<Receiver> {
  let behaviour = first;
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    try {
      for await (const part of request) parts.push(part as Buffer);
    } catch {
      return;
    }
    const one = { headers: request.headers as Record<string, string>, body: Buffer.concat(parts) };
    received.push(one);
    response.on('error', () => undefined);
    behaviour(response, request, one);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    behave: (next) => {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const CHUNK = Buffer.alloc(65_536, 'x');

/** Answers of receivers that are broken or mean. */
export const BEHAVIOURS = {
  silence: () => undefined,
  error500: (response) => response.writeHead(500).end('boom'),
  busy503: (response) => response.writeHead(503, { 'retry-after': '3600' }).end(),
  limit429: (response) => response.writeHead(429, { 'retry-after': '60' }).end(),
  html200: (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome\u0000\u001b[31m</h1>'),
  reset: (response) => response.socket?.resetAndDestroy(),
  resetInAnswer: (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.socket?.resetAndDestroy());
  },
  half: (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.socket?.end());
  },
  drip: (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  },
  huge: (response) => {
    response.writeHead(200);
    let left = 1_600;
    const more = () => {
      while (left-- > 0) if (!response.write(CHUNK)) return response.once('drain', more);
      return response.end();
    };
    more();
  },
  garbage: (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'),
} as const satisfies Record<string, Behaviour>;
