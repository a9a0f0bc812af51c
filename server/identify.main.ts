import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { identifyNumber } from '../network/numbers/index.ts';

/*
 * Whose numbers are these? One JSON line for each: { input, candidates }, as `GET /v1/numbers/{number}` answers them.
 * Needs neither server nor database. Arguments, else one number a line from a file (--file) or from standard input.
 * Usage: node server/identify.main.ts [--file FILE] [NUMBER...]
 */
const [flag, file = '', ...rest] = process.argv.slice(2);
const isFile = flag === '--file';
const numbers = isFile ? rest : process.argv.slice(2);

/** Lines are written together: a million of them are a million system calls otherwise. */
const BATCH = 500;
let lines: string[] = [];

function tell(input: string): Promise<void> | undefined {
  const candidates = identifyNumber(input).map((candidate) => ({
    number: candidate.number,
    carrier: candidate.issuer.code,
    format: candidate.format.name,
    check_digit: candidate.checkDigit,
    ...(candidate.trackingUrl === undefined ? {} : { tracking_url: candidate.trackingUrl }),
    ...(candidate.country === undefined ? {} : { country: candidate.country }),
    reasons: candidate.reasons,
  }));
  lines.push(JSON.stringify({ input, candidates }));
  return lines.length >= BATCH ? flush() : undefined;
}

/** Waits for a slow reader. */
async function flush(): Promise<void> {
  if (lines.length === 0) return;
  const text = `${lines.join('\n')}\n`;
  lines = [];
  if (!process.stdout.write(text))
    await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

async function tellLinesOf(input: Readable): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') await tell(line);
  }
}

process.stdout.on('error', () => process.exit(0)); // a reader such as `head` may close the pipe: no reason to go on
try {
  for (const number of numbers) await tell(number);
  if (isFile) await tellLinesOf(createReadStream(file));
  else if (numbers.length === 0) await tellLinesOf(process.stdin);
  await flush();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
