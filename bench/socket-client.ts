import { connect, type Socket } from 'node:net';

/*
 * A client on bare sockets, one request at a time on each: Node's own costs as much as a server that answers quickly, on
 * the same two cores. Understands what our server sends: a status line and headers in one piece, with a content-length.
 */
export type Answer = { readonly status: number; readonly body: Buffer };
export type SocketClient = { ask(request: Buffer): Promise<Answer>; end(): void };

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** A whole request, made before the time that is measured. */
export function requestOf(
  method: 'GET' | 'POST',
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** So many connections to a port of this machine. */
export function openClients(port: number, count: number): Promise<readonly SocketClient[]> {
  return Promise.all(Array.from({ length: count }, () => openClient(port)));
}

async function openClient(port: number): Promise<SocketClient> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect(port, '127.0.0.1', () => resolve(opening.setNoDelay()));
    opening.once('error', reject);
  });
  let waiting: { done(answer: Answer): void; failed(error: Error): void } | undefined;
  let received: Buffer | undefined;
  socket.on('data', (part: Buffer) => {
    received = received === undefined ? part : Buffer.concat([received, part]);
    const answer = answerIn(received);
    if (answer === undefined) return;
    received = undefined;
    waiting?.done(answer);
  });
  socket.on('error', (error) => waiting?.failed(error));
  socket.on('close', () => waiting?.failed(new Error('the server closed a connection')));
  return {
    ask: (request) =>
      new Promise((done, failed) => {
        waiting = { done, failed };
        socket.write(request);
      }),
    end: () => {
      waiting = undefined;
      socket.destroy();
    },
  };
}

/** Undefined: it is not all here. */
function answerIn(bytes: Buffer): Answer | undefined {
  const at = bytes.indexOf(BLANK_LINE);
  if (at < 0) return undefined;
  const head = bytes.toString('latin1', 0, at);
  const from = at + BLANK_LINE.length;
  const end = from + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
  if (bytes.length < end) return undefined;
  return { status: Number(head.slice(9, 12)), body: bytes.subarray(from, end) };
}
