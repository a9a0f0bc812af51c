import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  answerFile,
  CONNECTORS,
  type Connector,
  countAnswers,
  findConnector,
  mappedConnector,
  readMapping,
  readStatusFile,
  reportOf,
} from '../connectors/index.ts';
import { wallClock } from '../platform/clock/index.ts';

/** Commands that need no server and no database; started by the command line with the checkout's Node. */
const HELP = `Usage: node server/offline.main.ts COMMAND [FILE]

  scans parse --carrier CODE | --mapping FILE [--content-type TYPE]
  edi parse
  edi answer
  epcis validate
  epcis hash

Carriers: ${CONNECTORS.map(({ code }) => code).join(', ')}
`;

/** A payload of more than the connectors' own limit is read up to it, and then refused by name. */
async function bytesOf(file: string | undefined): Promise<Uint8Array> {
  if (file !== undefined && file !== '-') {
    return readFile(file);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

type Format = { readonly carrier: string | undefined; readonly mapping: string | undefined };

/** A connector of the house, or one made of a mapping; else what is wrong with the question. */
async function connectorOf({ carrier, mapping }: Format): Promise<Connector | string> {
  if ((carrier === undefined) === (mapping === undefined)) return 'give either --carrier or --mapping';
  if (mapping === undefined) return findConnector(carrier ?? '') ?? `there is no connector ${carrier}`;
  let document: unknown;
  try {
    document = JSON.parse(await readFile(mapping, 'utf8'));
  } catch (error) {
    return `${mapping}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const read = readMapping(document);
  return read.ok ? mappedConnector(read.mapping) : `${mapping} is no mapping:\n${read.problems.join('\n')}`;
}

async function parseScans(format: Format, contentType: string | undefined, file: string | undefined) {
  const connector = await connectorOf(format);
  if (typeof connector === 'string') return misuse(connector);
  const reading = connector.parse(await bytesOf(file), contentType);
  process.stdout.write(`${JSON.stringify(reportOf(reading))}\n`);
  // A carrier that says "unknown number" was understood; a payload that cannot be read was not.
  process.exitCode = reading.errors.some(({ name }) => name.startsWith('payload_')) ? 1 : 0;
}

/** One line for each message; then, if anything could not be read, one with the errors. */
async function parseInterchanges(file: string | undefined) {
  const { messages, errors } = readStatusFile(await bytesOf(file));
  for (const { interchange, sender, message, reading } of messages)
    writeLine({ interchange, sender, message, ...reportOf(reading) });
  if (errors.length > 0) writeLine({ errors });
  const isFaulty = errors.length > 0 || messages.some(({ reading }) => reading.errors.length > 0);
  process.exitCode = isFaulty ? 1 : 0;
}

/** The CONTRL answers to a file; 1 when something of it is rejected. */
async function answerInterchanges(file: string | undefined) {
  const now = wallClock.now();
  const firstReference = Math.floor(Date.parse(now) / 1_000) % 10_000_000_000;
  const payload = await bytesOf(file);
  const references = Array.from({ length: countAnswers(payload) }, (_, index) => firstReference + index);
  const { text, isRejected } = answerFile(payload, { preparedAt: now, references });
  process.stdout.write(text);
  if (text === '') process.stderr.write('there is no interchange whose sender could be answered\n');
  process.exitCode = isRejected || text === '' ? 1 : 0;
}

/** Loaded when it is asked for: the schema of events takes longer than a carrier's answer. */
async function checkDocument(verb: 'validate' | 'hash', file: string | undefined) {
  const { faultsOfText, hashesOfText } = await import('../network/epcis/index.ts');
  const text = new TextDecoder().decode(await bytesOf(file));
  if (verb === 'validate') {
    const faults = faultsOfText(text);
    for (const fault of faults) writeLine(fault);
    process.exitCode = faults.length > 0 ? 1 : 0;
    return;
  }
  const hashes = hashesOfText(text);
  if (hashes.ok) process.stdout.write(hashes.ids.map((id) => `${id}\n`).join(''));
  else {
    for (const { pointer, message } of hashes.faults) process.stderr.write(`${pointer || '/'}: ${message}\n`);
    process.exitCode = 1;
  }
}

function writeLine(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function misuse(problem: string): void {
  process.stderr.write(`${problem}\n\n${HELP}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      carrier: { type: 'string' },
      mapping: { type: 'string' },
      'content-type': { type: 'string' },
    },
  });
  const [topic, verb, file] = positionals;
  if (topic === 'edi' && verb === 'parse') return parseInterchanges(file);
  if (topic === 'edi' && verb === 'answer') return answerInterchanges(file);
  if (topic === 'epcis' && (verb === 'validate' || verb === 'hash')) return checkDocument(verb, file);
  if (topic !== 'scans' || verb !== 'parse') return misuse('there is no such command');
  const { carrier, mapping } = values;
  await parseScans({ carrier, mapping }, values['content-type'], file);
}

process.stdout.on('error', () => undefined); // a reader such as `head` may close the pipe: no reason to die
try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isMisuse =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isMisuse) misuse(message);
  else {
    process.stderr.write(`${message}\n`);
    process.exitCode = 1;
  }
}
