import { connect, type Socket } from 'node:net';

/*
 * Asks by GET as fast as `width` connections go, one request at a time on each. Written on bare sockets, because Node's own
 * client costs as much as a server that answers quickly, on the same two cores. Understands what our server sends: a
 * status line and headers in one piece with a content-length.
 * Talks over IPC: a task is answered with `ready`, `go` with a GetsDone.
 */
export type GetsTask = {
  readonly port: number;
  readonly key: string;
  readonly paths: readonly string[];
  readonly width: number;
};
/** `tookMs` of all; `latenciesMs` of each; `wrong`: the first answer that was no 200; `bytes` of all bodies together. */
export type GetsDone = {
  readonly tookMs: number;
  readonly latenciesMs: readonly number[];
  readonly wrong: string | undefined;
  readonly bytes: number;
};

const BLANK_LINE = Buffer.from('\r\n\r\n');
let task: GetsTask | undefined;
let sockets: readonly Socket[] = [];

async function openSockets({ port, width }: GetsTask): Promise<void> {
  for (const socket of sockets) socket.destroy();
  sockets = await Promise.all(
    Array.from(
      { length: width },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => resolve(socket.setNoDelay()));
          socket.on('error', reject);
        }),
    ),
  );
}

/** Bytes of the body that begins behind the blank line; undefined: the headers are not all here. */
function answerIn(bytes: Buffer): { head: string; end: number; length: number } | undefined {
  const at = bytes.indexOf(BLANK_LINE);
  if (at < 0) return undefined;
  const head = bytes.toString('latin1', 0, at);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
  return { head, end: at + BLANK_LINE.length + length, length };
}

async function getAll({ key, paths }: GetsTask): Promise<GetsDone> {
  const latenciesMs: number[] = [];
  let [wrong, bytes]: [string | undefined, number] = [undefined, 0];
  const queue = paths.values();
  const began = performance.now();
  const work = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let [received, sentAt]: [Buffer | undefined, number] = [undefined, 0];
      const next = () => {
        const { value: path, done } = queue.next();
        if (done === true) {
          socket.removeAllListeners('data');
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n\r\n`);
      };
      socket.on('data', (part: Buffer) => {
        received = received === undefined ? part : Buffer.concat([received, part]);
        const answer = answerIn(received);
        if (answer === undefined || received.length < answer.end) return;
        latenciesMs.push(performance.now() - sentAt);
        if (!answer.head.startsWith('HTTP/1.1 200 ')) wrong ??= received.toString();
        bytes += answer.length;
        received = undefined;
        next();
      });
      socket.once('close', () => reject(new Error('the server closed a connection')));
      next();
    });
  await Promise.all(sockets.map(work));
  const tookMs = performance.now() - began;
  for (const socket of sockets) socket.removeAllListeners('close');
  return { tookMs, latenciesMs, wrong, bytes };
}

process.on('message', (message: GetsTask | 'go') => {
  if (message !== 'go') {
    task = message;
    void openSockets(task).then(() => process.send?.('ready'));
  } else if (task !== undefined) void getAll(task).then((done) => process.send?.(done));
});
process.on('disconnect', () => process.exit(0));
