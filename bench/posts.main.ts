import { Agent, request } from 'node:http';

/*
 * Posts what its parent hands over, as fast as `width` at a time go, by a plain Node client that keeps its connections.
 * Talks over IPC: `{ url, posts, width }` is answered with `ready`, `go` with `done`.
 */
type Task = {
  readonly url: string;
  readonly posts: readonly { readonly headers: Record<string, string>; readonly body: string }[];
  readonly width: number;
};

const agent = new Agent({ keepAlive: true });
let task: Task | undefined;

async function postAll({ url, posts, width }: Task): Promise<void> {
  const queue = posts.values();
  const worker = async () => {
    for (const post of queue) await postOne(url, post);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

const postOne = (url: string, { headers, body }: Task['posts'][number]) =>
  new Promise<void>((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sending = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': length },
    });
    sending.on('error', reject);
    sending.on('response', (answer) => answer.resume().on('end', resolve));
    sending.end(body);
  });

process.on('message', (message: Task | 'go') => {
  if (message !== 'go') {
    task = message;
    process.send?.('ready');
  } else if (task !== undefined) void postAll(task).then(() => process.send?.('done'));
});
process.on('disconnect', () => process.exit(0));
