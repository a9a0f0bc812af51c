import { openClients, requestOf, type SocketClient } from './socket-client.ts';

/*
 * Asks by GET as fast as `width` connections go, one request at a time on each.
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

let requests: readonly Buffer[] = [];
let clients: readonly SocketClient[] = [];

async function prepare({ port, key, paths, width }: GetsTask): Promise<void> {
  for (const client of clients) client.end();
  clients = await openClients(port, width);
  requests = paths.map((path) => requestOf('GET', path, { authorization: `Bearer ${key}` }));
}

async function getAll(): Promise<GetsDone> {
  const latenciesMs: number[] = [];
  let [wrong, bytes]: [string | undefined, number] = [undefined, 0];
  const queue = requests.values();
  const began = performance.now();
  const work = async (client: SocketClient) => {
    for (const request of queue) {
      const sentAt = performance.now();
      const { status, body } = await client.ask(request);
      latenciesMs.push(performance.now() - sentAt);
      if (status !== 200) wrong ??= `${status} ${body.toString()}`;
      bytes += body.length;
    }
  };
  await Promise.all(clients.map(work));
  return { tookMs: performance.now() - began, latenciesMs, wrong, bytes };
}

process.on('message', (message: GetsTask | 'go') => {
  if (message !== 'go') void prepare(message).then(() => process.send?.('ready'));
  else void getAll().then((done) => process.send?.(done));
});
process.on('disconnect', () => process.exit(0));
