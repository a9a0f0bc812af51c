import type { Queryable } from '../../platform/db/index.ts';
import type { Vault } from '../vault/index.ts';
import type { Evidence, Verification } from './model.ts';
import { openStatements } from './statements.ts';
import { listSteps } from './store.ts';

/** A case in a list: without what people said. */
export function presentSummary(one: Verification, relation: string) {
  const {
    facts: _facts,
    assessment,
    seenRules: _seen,
    deciderId: _decider,
    proofs,
    version: _version,
    ...open
  } = one;
  return {
    ...open,
    score: assessment.score,
    findings: assessment.findings.map((finding) => shownTo(relation, finding)),
    supports: assessment.supports.map((support) => shownTo(relation, support)),
    proofCount: proofs,
  };
}

/** The evidence page: with what was said and how it went. */
export async function presentVerification(db: Queryable, vault: Vault, one: Verification, relation: string) {
  const [steps, statements] = [await listSteps(db, one), await openStatements(db, vault, one)];
  return {
    ...presentSummary(one, relation),
    statements: statements.map(({ kind, text, pictureIds, givenAt }) => ({
      kind,
      text,
      pictureIds,
      givenAt,
    })),
    steps: steps.map(({ name, judge, reason, occurredAt }) => ({ name, by: judge, reason, occurredAt })),
  };
}

/** Merchant and marketplace learn that something of others stands against it, never what those others did. */
function shownTo<Shown extends Evidence>(relation: string, shown: Shown): Shown {
  if (shown.aboutOthers === undefined || relation === 'any') return shown;
  return { ...shown, observed: undefined, scanIds: [], instants: [], places: [] };
}
