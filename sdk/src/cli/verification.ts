import type { PostroadClient } from '../client.ts';
import type { components } from '../openapi.gen.ts';
import { MisuseError } from './exit.ts';
import { clean, type Output, printPages } from './output.ts';

type Summary = components['schemas']['VerificationSummary'];
type State = Summary['state'];
const STATES: readonly State[] = [
  'pending',
  'genuine',
  'suspected',
  'under_review',
  'cleared',
  'penalised',
  'appealed',
  'upheld',
  'revoked',
  'withdrawn',
];

/** Prints cases, newest first, at most `limit`; with `--json` as the API answers them. */
export async function listVerifications(
  client: PostroadClient,
  output: Output,
  asked: {
    readonly state: string | undefined;
    readonly declaration: string | undefined;
    readonly limit: number;
  },
): Promise<void> {
  const state = STATES.find((one) => one === asked.state);
  if (asked.state !== undefined && state === undefined)
    throw new MisuseError(`--state is one of ${STATES.join(', ')}`);
  await printPages(
    output,
    asked.limit,
    (part) =>
      client.get('/v1/verifications', {
        params: {
          query: {
            ...part,
            ...(state === undefined ? {} : { state }),
            ...(asked.declaration === undefined ? {} : { external_shipment_id: asked.declaration }),
          },
        },
      }),
    rowOf,
  );
}

function rowOf(one: Summary) {
  return {
    verification: one.id,
    state: one.state,
    number: one.number,
    carrier: one.carrier_code,
    score: one.score,
    against: one.findings.map((finding) => finding.rule).join(' ') || '-',
    declared: one.declared_at,
  };
}

/** Prints one case: what speaks against the number and for it, its clocks, and how it went. */
export async function showVerification(client: PostroadClient, output: Output, id: string): Promise<void> {
  const one = await client.get('/v1/verifications/{verification_id}', {
    params: { path: { verification_id: id } },
  });
  if (output.json) {
    output.write(`${JSON.stringify(one)}\n`);
    return;
  }
  const line = (text: string) => output.write(`${clean(text)}\n`);
  line(`${one.number} (${one.carrier_code}): ${one.state}, score ${one.score}`);
  const clocks = [
    ['first scan due', one.first_scan_due_at],
    ['may settle until', one.settles_at],
    ['proof until', one.proof_due_at],
    ['appeal until', one.appeal_due_at],
  ] as const;
  for (const [name, at] of clocks) if (at !== undefined) line(`  ${name} ${at}`);
  for (const [sign, found] of [
    ['-', one.findings],
    ['+', one.supports],
  ] as const)
    for (const { rule, points, declared, observed } of found)
      line(`${sign}${points} ${rule}: ${declared ?? '?'} / ${observed ?? '?'}`);
  for (const step of one.steps)
    line(
      `${step.occurred_at} ${step.name} by ${step.by ?? 'merchant'}${step.reason ? `: ${step.reason}` : ''}`,
    );
}
