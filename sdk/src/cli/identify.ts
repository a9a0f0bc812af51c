import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { PostroadClient } from '../client.ts';
import { endOf, spawnIn } from './checkout.ts';
import { EXIT } from './exit.ts';
import { type Output, printRows, type Row } from './output.ts';

type Candidate = {
  readonly number: string;
  readonly carrier: string;
  readonly format: string;
  readonly check_digit: string;
  readonly tracking_url?: string | undefined;
};
type Identified = { readonly input: string; readonly candidates: readonly Candidate[] };

/**
 * Tells whose numbers these are: arguments, else one a line from the file or from standard input. In a checkout
 * without a server; elsewhere by asking one. Answers the exit code.
 */
export async function identifyNumbers(
  output: Output,
  from: {
    readonly checkout: string | undefined;
    readonly connect: () => Promise<PostroadClient>;
    readonly numbers: readonly string[];
    readonly file: string | undefined;
  },
): Promise<number> {
  const { checkout, numbers, file } = from;
  if (checkout === undefined) {
    await print(output, askEach(await from.connect(), numbers, file));
    return EXIT.ok;
  }
  const args = [...(file === undefined ? [] : ['--file', file]), ...numbers];
  const child = spawnIn(checkout, 'identify.main.ts', args, output.json ? 'inherit' : 'pipe');
  const end = endOf(child);
  if (child.stdout !== null) await print(output, readEach(child.stdout));
  return (await end) === 0 ? EXIT.ok : EXIT.refused;
}

async function* readEach(answers: Readable): AsyncGenerator<Identified> {
  for await (const line of createInterface({ input: answers })) yield JSON.parse(line) as Identified;
}

async function* askEach(
  client: PostroadClient,
  numbers: readonly string[],
  file: string | undefined,
): AsyncGenerator<Identified> {
  const lines =
    numbers.length > 0 && file === undefined
      ? numbers
      : createInterface({ input: file === undefined ? process.stdin : createReadStream(file) });
  for await (const line of lines) {
    const number = line.trim();
    if (number === '') continue;
    const { input, candidates } = await client.get('/v1/numbers/{number}', { params: { path: { number } } });
    yield { input, candidates };
  }
}

/** With `--json` a line for each number; else a row for each candidate, as wide as the widest. */
async function print(output: Output, answers: AsyncIterable<Identified>): Promise<void> {
  const rows: Row[] = [];
  for await (const { input, candidates } of answers) {
    if (output.json) output.write(`${JSON.stringify({ input, candidates })}\n`);
    else rows.push(...rowsOf(input, candidates));
  }
  printRows(output, rows);
}

function rowsOf(input: string, candidates: readonly Candidate[]): Row[] {
  if (candidates.length === 0) return [{ input, carrier: 'unknown' }];
  return candidates.map(({ carrier, number, format, check_digit, tracking_url }) => ({
    input,
    carrier,
    number,
    format,
    check_digit,
    tracking_url,
  }));
}
