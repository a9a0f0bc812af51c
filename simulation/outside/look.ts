import { DAY, HOUR } from '../calendar.ts';
import type { Caller } from '../caller.ts';
import type { PenaltyLevel, TruthClaim } from '../truth.ts';
import { count, type World } from '../world.ts';
import type { LookAct } from './acts.ts';
import { proofOf, receiptIn } from './books.ts';
import { untilQuiet } from './quiet.ts';
import type { Claim, Story } from './story.ts';

/** A line of the list of verdicts, as far as people of the world read it. */
type Line = {
  readonly id: string;
  readonly external_shipment_id: string;
  readonly proof_count: number;
  readonly proof_due_at?: string | undefined;
  readonly appeal_due_at?: string | undefined;
};
/** What the evidence page shows beside it. */
type Page = {
  readonly findings: readonly { readonly rule: string }[];
  readonly proposed_level: PenaltyLevel;
  readonly statements: readonly { readonly kind: string; readonly text: string }[];
};

/**
 * The daily look: marketplaces go through what is doubtful, the merchants concerned answer, decisions and appeals
 * follow. Everybody acts with his own key and by what his page shows; between a question and a decision lies a day.
 */
export async function look(world: World): Promise<void> {
  await untilQuiet(world);
  const appeals = world.counts.get('appeals') ?? 0;
  for (const { staff } of world.parties.marketplaces) {
    for (const line of await linesOf(staff, 'under_review')) await review(world, staff, line);
    for (const line of await linesOf(staff, 'penalised')) await maybeAppeal(world, line);
  }
  if ((world.counts.get('appeals') ?? 0) > appeals) await untilQuiet(world);
  const { operator } = world.parties;
  for (const line of await linesOf(operator, 'appealed')) await decideAppeal(world, operator, line);
}

const linesOf = (caller: Caller, state: 'under_review' | 'penalised' | 'appealed'): Promise<Line[]> =>
  Array.fromAsync(caller.listAll('/v1/verifications', { params: { query: { state, limit: 100 } } }));

const pathOf = ({ id }: Line) => ({ path: { verification_id: id } });

const pageOf = (caller: Caller, line: Line): Promise<Page> =>
  caller.get('/v1/verifications/{verification_id}', { params: pathOf(line) });

const saidIn = ({ statements }: Page): string => statements.map((one) => one.text).join(' ');

function claimOf(
  world: World,
  line: Line,
): { readonly claim: Claim; readonly truth: TruthClaim } | undefined {
  const key = world.claimKeys.get(line.external_shipment_id);
  const truth = key === undefined ? undefined : world.truth.claims.get(key);
  const claim = world.stories.get(truth?.story ?? -1)?.claims.find((one) => one.key === key);
  // In a world that people share some declarations are theirs.
  return truth === undefined || claim === undefined ? undefined : { claim, truth };
}

async function review(world: World, staff: Caller, line: Line): Promise<void> {
  const known = claimOf(world, line);
  if (known === undefined) return;
  const { claim, truth } = known;
  const text = proofOf(claim);
  if (line.proof_count === 0 && isAhead(world, line.proof_due_at)) {
    if (text === undefined) return;
    const body = { text };
    await ownerOf(world, claim).post('/v1/verifications/{verification_id}/proofs', {
      params: pathOf(line),
      body,
    });
    count(world, `proofs: ${claim.proof}`);
    return;
  }
  const page = await pageOf(staff, line);
  const isDispelled = dispels(world, page, claim);
  const level = page.proposed_level;
  const body = isDispelled
    ? ({ outcome: 'cleared', reason: 'the carrier confirms its receipt' } as const)
    : ({ outcome: 'confirmed', level, reason: reasonOf(page) } as const);
  await staff.post('/v1/verifications/{verification_id}/decision', { params: pathOf(line), body });
  truth.decision = isDispelled ? { outcome: 'cleared' } : { outcome: 'confirmed', level };
  count(world, `verdicts: ${body.outcome}`);
}

const reasonOf = (page: Page) =>
  page.findings.map((finding) => finding.rule).join(', ') || 'nothing speaks for it';

const isAhead = (world: World, instant: string | undefined) =>
  instant !== undefined && Date.parse(instant) > world.now();

/** What no receipt of the counter answers, when the counter itself says so. */
const SERVICE = 'service_class';
const ORIGIN = 'ship_from_country';

/**
 * The rule of the people of this world: call the carrier that wrote the receipt. It says whether the parcel of that
 * number was taken in for that order, as what and where; that answers every doubt but those of service and origin.
 */
function dispels(world: World, page: Page, claim: Claim): boolean {
  const entry = world.books.get(receiptIn(saidIn(page)) ?? '');
  if (entry === undefined || entry.orderRef !== claim.order.ref) return false;
  const doubts = new Set(page.findings.map((finding) => finding.rule));
  if (doubts.has(SERVICE) && entry.isLetterPost) return false;
  return !(doubts.has(ORIGIN) && entry.country !== claim.shipFrom);
}

const ownerOf = (world: World, claim: Claim): Caller => {
  const party = world.parties.merchants[claim.order.merchant.index];
  if (party === undefined) throw new Error(`merchant ${claim.order.merchant.index} is not open`);
  return party.owner;
};

/** Who is honest appeals; of the others those who hope that nobody calls the carrier. */
async function maybeAppeal(world: World, line: Line): Promise<void> {
  const known = claimOf(world, line);
  if (known === undefined || !isAhead(world, line.appeal_due_at)) return;
  const { claim, truth } = known;
  const text = proofOf(claim);
  if (truth.appeal !== undefined || text === undefined) return;
  await ownerOf(world, claim).post('/v1/verifications/{verification_id}/appeal', {
    params: pathOf(line),
    body: { text },
  });
  truth.appeal = 'open';
  count(world, 'appeals');
}

async function decideAppeal(world: World, operator: Caller, line: Line): Promise<void> {
  const known = claimOf(world, line);
  if (known === undefined) return;
  const { claim, truth } = known;
  const page = await pageOf(operator, line);
  const outcome = dispels(world, page, claim) ? 'revoked' : 'upheld';
  await operator.post('/v1/verifications/{verification_id}/appeal-decision', {
    params: pathOf(line),
    body: { outcome, reason: outcome === 'upheld' ? reasonOf(page) : 'the carrier confirms its receipt' },
  });
  truth.appeal = outcome;
  count(world, `appeals ${outcome}`);
}

/** From the first day after a declaration, or after its buyer denied the delivery, until its appeal is over: 5 + 3 working days, a day to settle, three for proof. */
const OPEN_DAYS = 20;

/** At nine in the morning, UTC, of every day on which a declaration may be doubted, answered or decided. */
export function looksFor(stories: readonly Story[]): LookAct[] {
  const days = new Set(
    stories.flatMap(({ claims, denial }) =>
      claims.flatMap(({ at, correction }) => {
        const first = Math.floor(at / DAY) + 1;
        const last = Math.floor(Math.max(correction?.at ?? at, denial?.at ?? at) / DAY) + OPEN_DAYS;
        return Array.from({ length: last - first + 1 }, (_, day) => first + day);
      }),
    ),
  );
  return [...days].sort((a, b) => a - b).map((day) => ({ at: day * DAY + 9 * HOUR, look: day }));
}
