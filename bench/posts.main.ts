import { Agent, request } from 'node:http';

/*
 * Sends what its parent hands over by a plain Node client that keeps its connections: as fast as `width` at a time go,
 * or, with `everyMs`, each at its own moment whether the one before it is answered or not.
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
const agent = new Agent({ keepAlive: true });
let task: PostsTask | undefined;

async function postAll({ url, posts, width, everyMs }: PostsTask): Promise<PostsDone> {
  const latenciesMs: number[] = [];
  const heads: string[] = [];
  const began = performance.now();
  const timed = async (post: PostsTask['posts'][number], from: number) => {
    heads.push(await postOne(url, post));
    latenciesMs.push(performance.now() - from);
  };
  if (everyMs === undefined) {
    const queue = posts.values();
    const worker = async () => {
      for (const post of queue) await timed(post, performance.now());
    };
    await Promise.all(Array.from({ length: width }, worker));
  } else {
    await Promise.all(
      posts.map(async (post, index) => {
        const planned = began + index * everyMs;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, planned - performance.now())));
        await timed(post, planned);
      }),
    );
  }
  return { tookMs: performance.now() - began, latenciesMs, heads };
}

const postOne = (url: string, { headers, body }: PostsTask['posts'][number]) =>
  new Promise<string>((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sending = request(url, { method: 'POST', agent, headers: { ...headers, ...length } });
    sending.on('error', reject);
    sending.on('response', (answer) => {
      let head = `${answer.statusCode} `;
      answer.on('data', (part: Buffer) => {
        if (head.length < HEAD_CHARACTERS) head += part.toString('latin1', 0, HEAD_CHARACTERS);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve(head.slice(0, HEAD_CHARACTERS)));
    });
    sending.end(body);
  });

process.on('message', (message: PostsTask | 'go') => {
  if (message !== 'go') {
    task = message;
    process.send?.('ready');
  } else if (task !== undefined) void postAll(task).then((done) => process.send?.(done));
});
process.on('disconnect', () => process.exit(0));
