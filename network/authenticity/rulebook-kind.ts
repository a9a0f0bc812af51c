import type { Instant } from '../kernel/index.ts';
import { compareAnswers, defineRulebookKind, NETWORK, type TestFailure } from '../rulebooks/index.ts';
import { assess } from './assess.policy.ts';
import type { DeclarationFacts } from './facts.ts';
import type { Outlook } from './model.ts';
import { type FalseTrackingDocument, falseTrackingSchema, NEVER_CONVICT } from './rulebook.ts';
import { listDeclaredVerifications, type PastVerification } from './store.ts';

/** A declaration of the past. `isFalse`: what people found it to be; undefined: nobody decided. */
export type PastDeclaration = {
  readonly id: string;
  readonly facts: DeclarationFacts;
  readonly isFalse: boolean | undefined;
};

/** Weights, thresholds and windows by which declared numbers are judged. The dry run judges stored declarations. */
export const FALSE_TRACKING_KIND = defineRulebookKind<FalseTrackingDocument, PastDeclaration>({
  kind: 'false_tracking',
  title: 'False tracking: what speaks against a declared number',
  scopes: ['network', 'platform'],
  schema: falseTrackingSchema,
  runTests: documentFaults,
  dryRun: {
    listCases: async (db, { scope, from, to, limit }) => {
      const clientPlatformId = scope === NETWORK ? undefined : scope;
      const past = await listDeclaredVerifications(db, { clientPlatformId, from, to, limit });
      return past.map((one) => pastDeclarationOf(one, to));
    },
    run: (document, against, cases) => ({
      ...compareAnswers(document, against, cases, {
        idOf: (past) => past.id,
        answer: (rules, past) => assess(past.facts, rules).outlook,
      }),
      quality: [
        ...(against === undefined ? [] : [{ version: 'before' as const, ...qualityOf(against, cases) }]),
        { version: 'after' as const, ...qualityOf(document, cases) },
      ],
    }),
  },
});

/** Judged as of the end of the period: each piece of news was kept with its facts, and silence lasted until then. */
export function pastDeclarationOf(one: PastVerification, to: Instant): PastDeclaration {
  const { facts } = one;
  return {
    id: one.id,
    facts: { ...facts, at: facts.at > to ? facts.at : to },
    isFalse: labelOf(one),
  };
}

/** Only what people decided is a label: the rules cannot be measured by their own word. */
function labelOf({ state, decidedBy }: PastVerification): boolean | undefined {
  if (decidedBy === undefined || decidedBy === 'rules') return undefined;
  if (state === 'penalised' || state === 'upheld') return true;
  return state === 'cleared' || state === 'revoked' ? false : undefined;
}

const ACCUSED: ReadonlySet<Outlook> = new Set(['suspected', 'convicted']);

/** Of the cases that people decided: how many of those accused were false, and how many of the false were accused. */
export function qualityOf(rules: FalseTrackingDocument, cases: readonly PastDeclaration[]) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  for (const { facts, isFalse } of cases) {
    if (isFalse === undefined) continue;
    const isAccused = ACCUSED.has(assess(facts, rules).outlook);
    if (isAccused) counts[isFalse ? 'truePositives' : 'falsePositives'] += 1;
    else counts[isFalse ? 'falseNegatives' : 'trueNegatives'] += 1;
  }
  const { truePositives, falsePositives, falseNegatives } = counts;
  return {
    labelled: Object.values(counts).reduce((sum, count) => sum + count, 0),
    ...counts,
    precision: share(truePositives, truePositives + falsePositives),
    recall: share(truePositives, truePositives + falseNegatives),
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** What no document may say. */
function documentFaults(document: FalseTrackingDocument): readonly TestFailure[] {
  const faults: TestFailure[] = [];
  for (const rule of document.convicting) {
    if (NEVER_CONVICT.includes(rule))
      faults.push({
        test: 'neither reuse nor a buyer convicts',
        ruleId: rule,
        message: 'Carriers print numbers again, orders share parcels and buyers err: a person must look.',
      });
  }
  if (document.suspectAt > document.convictAt)
    faults.push({ test: 'thresholds', message: 'convict_at lies not below suspect_at.' });
  for (const [country, calendar] of Object.entries(document.calendars)) {
    if (new Set(calendar.weekend).size > 5)
      faults.push({ test: 'calendars', message: `${country}: a week has two working days at least.` });
  }
  return faults;
}
