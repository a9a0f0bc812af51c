import { readFile, writeFile } from 'node:fs/promises';
import type { PostroadClient } from '../client.ts';
import {
  lateEvents,
  type PointEvent,
  type PointStatement,
  type PointStatementBundle,
  type PointStatementLine,
  verifyPointStatement,
} from '../point-statement.ts';
import { EXIT, MisuseError } from './exit.ts';
import { clean, moneyText, type Output, printRows } from './output.ts';

export type StatementOptions = {
  readonly verify: boolean;
  /** Writes all that the check needs. */
  readonly save: string | undefined;
  /** Events of the network, one JSON object a line as GET /v1/events answers them. */
  readonly events: string | undefined;
};

const PAGE = 1_000;

/**
 * Prints a weekly statement; `verify` works it out again and prints what does not add up. `source`: its id (pst_...), or
 * a file that `save` wrote, which needs no server. Answers 1 when something does not add up.
 */
export async function showPointStatement(
  connect: () => Promise<PostroadClient>,
  output: Output,
  source: string,
  options: StatementOptions,
): Promise<number> {
  const isId = /^pst_[0-9a-z]{26}$/.test(source);
  const bundle = isId ? await fetchBundle(await connect(), source) : await readBundle(source);
  if (options.save !== undefined) await writeFile(options.save, `${JSON.stringify(bundle)}\n`);
  if (!options.verify) {
    printStatement(output, bundle.statement);
    return EXIT.ok;
  }
  const events = options.events === undefined ? {} : { events: await readEvents(options.events) };
  const checked = { ...bundle, ...events };
  const findings = verifyPointStatement(checked);
  if (output.json) for (const finding of findings) output.write(`${JSON.stringify(finding)}\n`);
  else
    printRows(
      output,
      findings.map(({ line = 'statement', ...more }) => ({ line, ...more })),
    );
  for (const { event, rule, line } of lateEvents(checked))
    output.note(
      `${event}: its line ${rule} came late and is in the next statement (${line ?? 'not closed yet'})\n`,
    );
  output.note(
    findings.length === 0
      ? `${bundle.statement.id}: ${bundle.lines.length} lines add up\n`
      : `${bundle.statement.id}: ${findings.length} things do not add up\n`,
  );
  return findings.length === 0 ? EXIT.ok : EXIT.refused;
}

async function fetchBundle(client: PostroadClient, statementId: string): Promise<PointStatementBundle> {
  const path = { statement_id: statementId };
  const statement = await client.get('/v1/point-statements/{statement_id}', { params: { path } });
  const lines = await linesOf(client, statementId);
  const rules = await client.get('/v1/point-statements/{statement_id}/rules', { params: { path } });
  return { statement, lines, rules: rules.data, later: await laterLines(client, statement) };
}

async function linesOf(client: PostroadClient, statementId: string): Promise<PointStatementLine[]> {
  const lines: PointStatementLine[] = [];
  const path = { statement_id: statementId };
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.get('/v1/point-statements/{statement_id}/lines', { params: { path, query } });
    lines.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== undefined);
  return lines;
}

/** Of the statements after this one, what happened in its week. Only those with late lines are read. */
async function laterLines(client: PostroadClient, statement: PointStatement): Promise<PointStatementLine[]> {
  const query = { organisation_id: statement.organisation_id, limit: 100 };
  const found: PointStatementLine[] = [];
  // The newest first: the ones before this week are not asked for.
  for await (const one of client.listAll('/v1/point-statements', { params: { query } })) {
    if (one.week <= statement.week) break;
    if (one.late_lines === 0 || one.closing.currency !== statement.closing.currency) continue;
    const lines = await linesOf(client, one.id);
    const [from, to] = [Date.parse(statement.starts_at), Date.parse(statement.ends_at)];
    found.push(...lines.filter(({ occurred_at: at }) => Date.parse(at) >= from && Date.parse(at) < to));
  }
  return found;
}

async function readBundle(file: string): Promise<PointStatementBundle> {
  const bundle = parsed(await textOf(file), file) as Partial<PointStatementBundle>;
  if (bundle?.statement === undefined || !Array.isArray(bundle.lines) || !Array.isArray(bundle.rules))
    throw new MisuseError(`${file} is no statement that --save wrote`);
  return bundle as PointStatementBundle;
}

async function readEvents(file: string): Promise<PointEvent[]> {
  const lines = (await textOf(file)).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const event = parsed(line, file) as Partial<PointEvent>;
    if (typeof event?.id !== 'string' || typeof event.type !== 'string' || typeof event.data !== 'object')
      throw new MisuseError(`${file}: a line is no event of GET /v1/events`);
    return event as PointEvent;
  });
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new MisuseError(`${file} is neither an id (pst_...) nor a file that can be read`);
  }
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MisuseError(`${file} is no JSON`);
  }
}

function printStatement(output: Output, one: PointStatement): void {
  if (output.json) {
    output.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const rows = [
    ['statement', one.id],
    ['week', `${one.week}, ${one.zone}`],
    ['lines', `${one.lines}, of them ${one.late_lines} late`],
    ['opening', moneyText(one.opening)],
    ['earned', moneyText(one.earned)],
    ['owed', moneyText(one.owed)],
    ['closing', moneyText(one.closing)],
    ['payout', `${moneyText(one.payout)}, ${one.state}`],
  ] as const;
  for (const [name, value] of rows) output.write(`${name.padEnd(10)} ${clean(value)}\n`);
}
