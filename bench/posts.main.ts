import { openClients, requestOf, type SocketClient } from './socket-client.ts';

/*
 * Sends what its parent hands over on connections that it keeps: as fast as `width` at a time go, or, with `everyMs`, each
 * at its own moment whether the one before it is answered or not.
 * Talks over IPC: a task is answered with `ready`, `go` with a PostsDone.
 */
export type PostsTask = {
  readonly url: string;
  readonly posts: readonly {
    readonly headers: Record<string, string>;
    readonly body: string;
  }[];
  readonly width: number;
  readonly everyMs?: number;
};
/** Times in ms; of a paced task they count from the moment that was planned. `heads`: how each answer begins. */
export type PostsDone = {
  readonly tookMs: number;
  readonly latenciesMs: readonly number[];
  readonly heads: readonly string[];
};

/** Of the body, so that the parent sees what was answered. */
const HEAD_CHARACTERS = 64;
/** So many paced ones may be under way at a time; one more waits, and its wait counts. */
const PACED_WIDTH = 64;

let clients: readonly SocketClient[] = [];
let requests: readonly Buffer[] = [];
let everyMs: number | undefined;

async function prepare(task: PostsTask): Promise<void> {
  for (const client of clients) client.end();
  everyMs = task.everyMs;
  const { port, pathname } = new URL(task.url);
  clients = await openClients(Number(port), everyMs === undefined ? task.width : PACED_WIDTH);
  requests = task.posts.map(({ headers, body }) => requestOf('POST', pathname, headers, body));
}

async function postAll(): Promise<PostsDone> {
  const latenciesMs: number[] = [];
  const heads: string[] = [];
  const queue = requests.entries();
  const began = performance.now();
  const work = async (client: SocketClient) => {
    for (const [index, request] of queue) {
      const planned = everyMs === undefined ? performance.now() : began + index * everyMs;
      const early = planned - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const { status, body } = await client.ask(request);
      latenciesMs.push(performance.now() - planned);
      heads.push(`${status} ${body.toString('latin1', 0, HEAD_CHARACTERS)}`.slice(0, HEAD_CHARACTERS));
    }
  };
  await Promise.all(clients.map(work));
  return { tookMs: performance.now() - began, latenciesMs, heads };
}

process.on('message', (message: PostsTask | 'go') => {
  if (message !== 'go') void prepare(message).then(() => process.send?.('ready'));
  else void postAll().then((done) => process.send?.(done));
});
process.on('disconnect', () => process.exit(0));
