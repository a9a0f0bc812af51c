#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addCodCommands } from './cod-commands.ts';
import { addCredentialCommands } from './credential-commands.ts';
import { EXIT, report } from './exit.ts';
import { addMailingCommands } from './mailing-commands.ts';
import type { Output } from './output.ts';
import { addPointCommands, addShelfCommands } from './point-commands.ts';
import type { ReturnsAsked } from './return.ts';

// Commands load what they need when they run, so that --help and the offline ones start at once.

type Global = { readonly json: boolean; readonly url?: string; readonly key?: string };

const program = new Command('postroad')
  .description('Postroad, an open logistics network, on the command line')
  .option('--json', 'one JSON line per result', false)
  .option('--url <url>', 'where the server is (POSTROAD_URL; else the demo of .postroad/demo.json)')
  .option('--key <key>', 'API key (POSTROAD_KEY; else the demo’s key for the test world)')
  .showHelpAfterError()
  .exitOverride();

// Whoever reads has seen enough (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

function output(): Output {
  return {
    json: program.opts<Global>().json,
    isTerminal: process.stderr.isTTY === true,
    write: (text) => process.stdout.write(text),
    note: (text) => process.stderr.write(text),
  };
}

async function connection() {
  const { connect } = await import('./connection.ts');
  const { url, key } = program.opts<Global>();
  const given = { ...(url === undefined ? {} : { url }), ...(key === undefined ? {} : { key }) };
  return (role: string | undefined) => connect(process.env, given, role);
}

function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`a whole number from ${min} to ${max}`);
    return value;
  };
}

const connected = {
  output,
  clientFor: async (role: string | undefined) => (await connection())(role),
  limit: wholeNumber(1, 10_000),
};
for (const [name, description] of [
  ['up', 'the whole platform on the embedded database; --demo opens demo organisations'],
  ['doctor', 'what is missing on this machine and how to mend it'],
  ['migrate', 'bring the databases of both worlds to this program’s schema'],
  ['verify', 'recompute what must always hold; exit 1 when something is broken'],
] as const) {
  program
    .command(name)
    .description(description)
    .allowUnknownOption()
    .argument('[options...]', 'see: node server/main.ts --help')
    .action(async (_options: string[], _given: unknown, command: Command) => {
      const { runServer } = await import('./checkout.ts');
      const json = program.opts<Global>().json ? ['--json'] : [];
      process.exitCode = await runServer([name, ...command.args, ...json]);
    });
}

const number = program.command('number').description('waybill numbers');

number
  .command('issue')
  .description('issue waybill numbers of a carrier; prints one per line')
  .requiredOption('--carrier <code>', 'carrier code, e.g. postroad_express_cn')
  .option('--count <n>', 'how many', wholeNumber(1, 100_000), 1)
  .action(async (given: { carrier: string; count: number }) => {
    const { issueNumbers } = await import('./number.ts');
    const client = await (await connection())('merchant_admin');
    await issueNumbers(client, output(), given);
  });

number
  .command('identify')
  .description('whose numbers these are, best first; without arguments one a line from standard input')
  .argument('[number...]', 'as typed or scanned')
  .option('--file <file>', 'one number a line')
  .action(async (numbers: string[], given: { file?: string }) => {
    const { identifyNumbers } = await import('./identify.ts');
    const { ownCheckout } = await import('./checkout.ts');
    process.exitCode = await identifyNumbers(output(), {
      checkout: ownCheckout(),
      connect: async () => (await connection())('merchant_admin'),
      numbers: numbers.filter((word) => word !== '-'),
      file: given.file,
    });
  });

const scans = program.command('scans').description('what carriers report');

scans
  .command('parse')
  .description('read a carrier’s own tracking payload from standard input or a file; prints one JSON line')
  .argument('[file]', 'the payload; default is standard input')
  .option('--carrier <code>', 'whose format it is, e.g. ups, fedex')
  .option('--mapping <file>', 'a format described as data: docs/connectors.md')
  .option('--content-type <type>', 'as it came with the payload; its charset counts')
  .action(async (file: string | undefined, given: Record<string, string>) => {
    const { runServer } = await import('./checkout.ts');
    const asked = Object.entries({
      '--carrier': given.carrier,
      '--mapping': given.mapping,
      '--content-type': given.contentType,
    }).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
    const from = file === undefined ? [] : ['--', file];
    process.exitCode = await runServer(['scans', 'parse', ...asked, ...from], 'offline.main.ts');
  });

scans
  .command('import')
  .description('send a file of scans: CSV, NDJSON, EPCIS 2.0 or UN/EDIFACT; exit 1 if a line was refused')
  .argument('<file>', 'the file')
  .option('--carrier <code>', 'it is a carrier’s own payload, e.g. ups, fedex')
  .action(async (file: string, given: { carrier?: string }) => {
    const { readFile } = await import('node:fs/promises');
    const { importScans } = await import('./scans.ts');
    const bytes = await readFile(file);
    const client = await (await connection())('carrier');
    process.exitCode = await importScans(client, output(), bytes, given.carrier);
  });

for (const [topic, verb, description] of [
  ['edi', 'parse', 'read a file of UN/EDIFACT interchanges (IFTSTA, EMSEVT) as scans; one line per message'],
  [
    'edi',
    'answer',
    'write the CONTRL answers to a file of UN/EDIFACT interchanges; exit 1 if any is rejected',
  ],
  ['epcis', 'validate', 'tell what is wrong with an EPCIS 2.0 document; exit 1 if anything is'],
  ['epcis', 'hash', 'print the CBV 2.0 hash id of each event of an EPCIS 2.0 document'],
] as const) {
  const parent =
    program.commands.find((command) => command.name() === topic) ??
    program.command(topic).description(topic === 'edi' ? 'UN/EDIFACT' : 'GS1 EPCIS 2.0');
  parent
    .command(verb)
    .description(description)
    .argument('[file]', 'default is standard input')
    .action(async (file: string | undefined) => {
      const { runServer } = await import('./checkout.ts');
      const from = file === undefined ? [] : ['--', file];
      process.exitCode = await runServer([topic, verb, ...from], 'offline.main.ts');
    });
}

program.commands
  .find((command) => command.name() === 'epcis')
  ?.command('capture')
  .description('hand an EPCIS 2.0 document in and wait for its job; exit 1 if an event was faulty')
  .argument('<file>', 'the document')
  .option('--proceed', 'take the other events when one is faulty', false)
  .action(async (file: string, given: { proceed: boolean }) => {
    const { readFile } = await import('node:fs/promises');
    const { captureDocument } = await import('./epcis.ts');
    const text = await readFile(file, 'utf8');
    const client = await (await connection())('merchant_app');
    const behaviour = given.proceed ? 'proceed' : 'rollback';
    process.exitCode = await captureDocument(client, output(), text, behaviour);
  });

addCredentialCommands(program, connected);

program
  .command('label')
  .description(
    'print labels: of a waybill (wbl_...), a shipment (shp_...) or a number; - reads them from stdin',
  )
  .argument('[target...]', 'wbl_..., shp_... or a waybill number')
  .option('--size <size>', '76x130mm, 100x150mm, 100x180mm or 4x6in', '100x150mm')
  .option('--format <format>', 'pdf or zpl', 'pdf')
  .option('--dpi <dpi>', 'ZPL: 203 or 300', wholeNumber(203, 300))
  .option('--out <file>', 'default label.pdf or label.zpl; - is standard output')
  .option('--demo', 'buy a parcel with the demo’s money first, and print its label', false)
  .action(async (targets: string[], given: import('./label.ts').LabelOptions) => {
    const { printLabels } = await import('./label.ts');
    const client = await (await connection())('merchant_admin');
    await printLabels(client, output(), targets, given);
  });

program
  .command('track')
  .description('where a parcel is; - reads numbers from stdin')
  .argument('<number...>', 'any number of the parcel')
  .option('--watch', 'stay and print what is new until it is delivered', false)
  .option('--every <seconds>', 'with --watch: how often to look', wholeNumber(1, 3600), 30)
  .action(async (numbers: string[], given: { watch: boolean; every: number }) => {
    const { track } = await import('./track.ts');
    const client = await (await connection())('merchant_admin');
    process.exitCode = await track(client, output(), numbers, given);
  });

const external = program.command('external').description('shipments made with carriers of your own choice');

external
  .command('declare')
  .description('say by which carrier and number an order was shipped; prints the declaration’s id')
  .argument('<order>', 'your reference of the order, or ord_...')
  .requiredOption('--carrier <code>', 'a code of the registry, or other with --site')
  .requiredOption('--number <number>', 'the tracking number')
  .option('--part', 'more numbers will follow for this order', false)
  .option('--site <url>', 'where a carrier that is in no registry can be asked')
  .option('--service <name>', 'the carrier’s own name of the service')
  .option('--shipped <instant>', 'when it left, e.g. 2026-03-01T10:00:00Z')
  .option('--from <country>', 'where it left, e.g. CN')
  .option('--weight <grams>', 'what the parcel weighs', wholeNumber(1, 1_000_000))
  .option('--despite-correction', 'the number was corrected since, and is meant as one more parcel', false)
  .action(async (order: string, given: Omit<import('./external.ts').Declaration, 'order'>) => {
    const { declareExternal } = await import('./external.ts');
    await declareExternal(await (await connection())('merchant_admin'), output(), { order, ...given });
  });

external
  .command('list')
  .description('declarations, newest first, and where their cases stand')
  .option('--verdict <state>', 'e.g. suspected, penalised, genuine')
  .option('--number <number>', 'of this number')
  .option('--limit <n>', 'at most so many', wholeNumber(1, 10_000), 20)
  .action(async (given: { verdict?: string; number?: string; limit: number }) => {
    const { listExternal } = await import('./external.ts');
    const { verdict, number: asked, limit } = given;
    const client = await (await connection())('merchant_admin');
    await listExternal(client, output(), { verdict, number: asked, limit });
  });

external
  .command('correct')
  .description('correct a declaration; carrier or number at most 5 times')
  .argument('<id>', 'ext_...')
  .option('--carrier <code>', 'the right carrier')
  .option('--number <number>', 'the right number')
  .option('--weight <grams>', 'what the parcel weighs', wholeNumber(1, 1_000_000))
  .option('--no-weight', 'you say no more what it weighs')
  .requiredOption('--reason <text>', 'why')
  .action(async (id: string, given: Parameters<typeof import('./external.ts').correctExternal>[3]) => {
    const { correctExternal } = await import('./external.ts');
    await correctExternal(await (await connection())('merchant_admin'), output(), id, given);
  });

external
  .command('withdraw')
  .description('take a declaration back; its number is free again')
  .argument('<id>', 'ext_...')
  .requiredOption('--reason <text>', 'why')
  .action(async (id: string, given: { reason: string }) => {
    const { withdrawExternal } = await import('./external.ts');
    await withdrawExternal(await (await connection())('merchant_admin'), output(), id, given.reason);
  });

const verification = program.command('verification').description('are declared numbers genuine?');

verification
  .command('list')
  .description('cases of declared numbers, newest first')
  .option('--state <state>', 'e.g. suspected, under_review, penalised')
  .option('--declaration <id>', 'of one external shipment (ext_...)')
  .option('--limit <n>', 'at most so many', wholeNumber(1, 10_000), 20)
  .action(async (given: { state?: string; declaration?: string; limit: number }) => {
    const { listVerifications } = await import('./verification.ts');
    const client = await (await connection())('merchant_admin');
    const { state, declaration, limit } = given;
    await listVerifications(client, output(), { state, declaration, limit });
  });

verification
  .command('show')
  .description('one case: what speaks against the number and for it, its clocks, and how it went')
  .argument('<id>', 'vrf_...')
  .action(async (id: string) => {
    const { showVerification } = await import('./verification.ts');
    await showVerification(await (await connection())('merchant_admin'), output(), id);
  });

addPointCommands(program, connected);
addShelfCommands(program, connected);
addMailingCommands(program, connected);
addCodCommands(program, connected);

const returns = program.command('return').description('goods that go back');

returns
  .command('list')
  .description('returns, newest first, or by what is due')
  .option('--state <state>', 'e.g. applied, received, platform_intervention')
  .option('--order <id>', 'of one order (ord_...)')
  .option('--waits-for <who>', 'who has to act: buyer, seller, point or platform')
  .option('--due', 'what is due soonest first', false)
  .option('--limit <n>', 'at most so many', wholeNumber(1, 10_000), 20)
  .action(async (given: ReturnsAsked) => {
    const { listReturns } = await import('./return.ts');
    await listReturns(await (await connection())('merchant_admin'), output(), given);
  });

returns
  .command('show')
  .description('one return: what is wanted, where it stands and until when, and how it went')
  .argument('<id>', 'ret_...')
  .action(async (id: string) => {
    const { showReturn } = await import('./return.ts');
    await showReturn(await (await connection())('merchant_admin'), output(), id);
  });

returns
  .command('agree')
  .description('agree to a return: the buyer may send the goods back')
  .argument('<id>', 'ret_...')
  .action(async (id: string) => {
    const { agreeReturn } = await import('./return.ts');
    await agreeReturn(await (await connection())('merchant_admin'), output(), id);
  });

returns
  .command('refuse')
  .description('refuse a return; the buyer may call the platform')
  .argument('<id>', 'ret_...')
  .requiredOption('--reason <text>', 'why; the buyer reads it')
  .action(async (id: string, given: { reason: string }) => {
    const { refuseReturn } = await import('./return.ts');
    await refuseReturn(await (await connection())('merchant_admin'), output(), id, given.reason);
  });

program
  .command('coverage')
  .description('who has a point within 3, 5 and 10 km in a country, or where the next points would give most')
  .argument('<country>', 'ISO 3166-1 alpha-2, e.g. CN')
  .option('--division <code>', 'a level 1 division of it')
  .option('--service <service>', 'collect, return or mail', 'collect')
  .option('--recommend <n>', 'so many sites, with the coverage curve and its bound', wholeNumber(1, 200))
  .option('--radius <meters>', 'with --recommend: what a point covers', wholeNumber(500, 20_000), 5_000)
  .action(async (country: string, given: import('./coverage.ts').CoverageOptions) => {
    const { showCoverage } = await import('./coverage.ts');
    await showCoverage(await (await connection())('operator'), output(), country, given);
  });

program
  .command('print-agent')
  .description('lets web pages of the server print on label printers of this network (WebSocket, port 13528)')
  .requiredOption(
    '--printer <printer...>',
    'HOST, HOST:PORT or NAME=HOST:PORT of a ZPL printer; the first is the default',
  )
  .option('--origin <origin...>', 'pages that may print; default: the server that --url or the demo names')
  .option('--port <port>', 'where pages look for it', wholeNumber(0, 65_535), 13_528)
  .action(async (given: { printer: string[]; origin?: string[]; port: number }) => {
    const { runPrintAgent } = await import('./print-agent.ts');
    const { serverUrl } = await import('./connection.ts');
    const { url } = program.opts<Global>();
    const origins = given.origin ?? [await serverUrl(process.env, url)];
    await runPrintAgent({ ...given, origins }, output());
  });

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; its own exit codes are 0 for help and 1 for misuse.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.misuse;
  } else {
    process.exitCode = report(error, program.opts<Global>().json, (text) => process.stderr.write(text));
  }
}
