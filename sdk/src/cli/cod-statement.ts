import type { PostroadClient } from '../client.ts';
import { type CodStatement, type CodStatementLine, verifyCodStatement } from '../cod-statement.ts';
import { EXIT } from './exit.ts';
import { moneyText, type Output, printPages, printRows } from './output.ts';

/** Weeks of goods that counters were paid for, the newest first. */
export async function listCodStatements(
  client: PostroadClient,
  output: Output,
  { state, limit }: { readonly state: string | undefined; readonly limit: number },
): Promise<void> {
  await printPages(
    output,
    limit,
    (part) =>
      client.get('/v1/cod-statements', {
        params: {
          query: { ...part, ...(state === undefined ? {} : { state: state as CodStatement['state'] }) },
        },
      }),
    (one) => ({
      id: one.id,
      week: one.week,
      lines: one.lines,
      collected: moneyText(one.collected),
      fees: moneyText(one.fees),
      payout: moneyText(one.payout),
      state: one.state,
    }),
  );
}

/** What waits for the next one. */
export async function listOpenCodLines(client: PostroadClient, output: Output, limit: number): Promise<void> {
  await printPages(output, limit, (part) => client.get('/v1/cod-lines', { params: { query: part } }), rowOf);
}

/** Prints the lines of a week; `verify` works it out again and prints what does not add up, and answers 1 then. */
export async function showCodStatement(
  client: PostroadClient,
  output: Output,
  id: string,
  verify: boolean,
): Promise<number> {
  const path = { statement_id: id };
  const lines: CodStatementLine[] = [];
  for await (const line of client.listAll('/v1/cod-statements/{statement_id}/lines', { params: { path } }))
    lines.push(line);
  if (!verify) {
    if (output.json) for (const line of lines) output.write(`${JSON.stringify(line)}\n`);
    else printRows(output, lines.map(rowOf));
    return EXIT.ok;
  }
  const statement = await client.get('/v1/cod-statements/{statement_id}', { params: { path } });
  const rules = await client.get('/v1/cod-statements/{statement_id}/rules', { params: { path } });
  const findings = verifyCodStatement({ statement, lines, rules: rules.data });
  printRows(
    output,
    findings.map(({ line = 'statement', ...more }) => ({ line, ...more })),
  );
  output.note(
    findings.length === 0
      ? `${id}: ${lines.length} lines add up\n`
      : `${id}: ${findings.length} things do not add up\n`,
  );
  return findings.length === 0 ? EXIT.ok : EXIT.refused;
}

function rowOf(line: CodStatementLine) {
  return {
    number: line.number,
    when: line.occurred_at,
    kind: line.kind,
    paid_by: line.paid_by,
    amount: moneyText(line.amount),
    fee: moneyText(line.fee),
    point: line.point_id,
  };
}
