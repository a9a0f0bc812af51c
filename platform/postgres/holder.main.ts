// Holds an embedded server until told to stop: the second process of the tests beside. Arguments: one JSON object of
// the options. Writes one JSON line when the server runs, another when it could not; "stop" on its input ends it.
import { startEmbeddedPostgres } from './embedded.ts';

type Wish = Parameters<typeof startEmbeddedPostgres>[0];

const say = (answer: object) => process.stdout.write(`${JSON.stringify(answer)}\n`);

try {
  const notes: string[] = [];
  const wish = JSON.parse(process.argv[2] ?? '{}') as Wish;
  const server = await startEmbeddedPostgres({ ...wish, log: (message) => notes.push(message) });
  const { port, processId, adopted, home } = server;
  say({ port, processId, adopted, home, notes, url: server.url('postgres'), user: process.getuid?.() });
  process.stdin.on('data', (chunk: Buffer) => {
    const word = chunk.toString('utf8').trim();
    // "exit" leaves without stop(), as a program does that forgets it.
    if (word === 'exit') process.exit(0);
    if (word === 'stop') void server.stop().then(() => process.exit(0));
  });
} catch (error) {
  const { name, message } = error as Error;
  say({ failed: name, message, processId: (error as { processId?: number }).processId });
  process.exitCode = 1;
}
