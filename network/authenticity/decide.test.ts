import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { type CaseCommand, decide, FRESH_CASE } from './decide.ts';
import type { Assessment, CaseStanding, Outlook, RuleName } from './model.ts';
import { DEFAULT_FALSE_TRACKING } from './rulebook.ts';

const NOW = instant('2026-03-04T10:00:00Z');
const EARLIER = instant('2026-03-04T09:00:00Z');
const LATER = instant('2026-03-05T10:00:00Z');
const FACTS = { now: NOW, rules: DEFAULT_FALSE_TRACKING, shipFrom: 'CN' };
const STAFF = { judge: 'marketplace', id: 'per_staff' } as const;
const NETWORK = { judge: 'operator', id: 'per_network' } as const;

const saying = (outlook: Outlook, ...rules: readonly RuleName[]): Assessment => ({
  outlook,
  score: 100,
  supports: [],
  findings: rules.map((rule) => ({ rule, points: 100, compared: '', scanIds: [], instants: [], places: [] })),
});
const assess = (outlook: Outlook, ...rules: readonly RuleName[]): CaseCommand => ({
  kind: 'assess',
  assessment: saying(outlook, ...rules),
  proposedLevel: 'general',
});
const clear = { kind: 'clear', by: STAFF, rules: ['no_first_scan'] } as const;
const confirm = { kind: 'confirm', by: STAFF, level: 'serious' } as const;
const upheld = { kind: 'decide_appeal', by: NETWORK, upheld: true, rules: [] } as const;
const revoked = { ...upheld, upheld: false } as const;

const at = (state: CaseStanding['state'], more: Partial<CaseStanding> = {}): CaseStanding => ({
  ...FRESH_CASE,
  state,
  ...more,
});
const SUSPECTED = at('suspected', { settlesAt: EARLIER });
const REVIEW = at('under_review', { proofDueAt: EARLIER });
const PENALISED = at('penalised', {
  decidedBy: 'marketplace',
  deciderId: STAFF.id,
  level: 'serious',
  appealDueAt: LATER,
});
const BY_RULES = { ...PENALISED, decidedBy: 'rules', deciderId: undefined } as const;
const APPEALED = { ...PENALISED, state: 'appealed' } as const;

type Row = readonly [name: string, before: CaseStanding, command: CaseCommand, after: string];

const TABLE: readonly Row[] = [
  ['nothing to say stays nothing', at('pending'), assess('open'), 'pending'],
  ['positive evidence makes it genuine', at('pending'), assess('genuine'), 'genuine'],
  ['suspicion begins softly', at('pending'), assess('suspected'), 'suspected'],
  ['even where the rules are sure', at('pending'), assess('convicted'), 'suspected'],
  ['what was genuine may become suspected', at('genuine'), assess('suspected'), 'suspected'],
  ['evidence that went away leaves nothing', at('genuine'), assess('open'), 'pending'],
  ['late scans settle a suspicion', SUSPECTED, assess('genuine'), 'genuine'],
  ['a suspicion that faded is none', SUSPECTED, assess('open'), 'pending'],
  [
    'before it settled nothing happens',
    at('suspected', { settlesAt: LATER }),
    assess('convicted'),
    'suspected',
  ],
  ['then the merchant is asked', SUSPECTED, assess('suspected'), 'under_review'],
  ['late scans settle a review, too', REVIEW, assess('genuine'), 'genuine'],
  ['mere suspicion waits for a person', REVIEW, assess('suspected'), 'under_review'],
  [
    'within the window nothing happens',
    at('under_review', { proofDueAt: LATER }),
    assess('convicted'),
    'under_review',
  ],
  ['without proof the rules convict', REVIEW, assess('convicted'), 'penalised'],
  ['a proof is read by a person', { ...REVIEW, proofs: 1 }, assess('convicted'), 'under_review'],
  [
    'what is serious is decided by a person',
    REVIEW,
    { ...assess('convicted'), proposedLevel: 'serious' } as CaseCommand,
    'under_review',
  ],
  ['the rules take back their own word', BY_RULES, assess('genuine'), 'revoked'],
  ['also while it is appealed', { ...BY_RULES, state: 'appealed' }, assess('genuine'), 'revoked'],
  ['not for mere lack of evidence', BY_RULES, assess('open'), 'penalised'],
  ['and never a person’s', PENALISED, assess('genuine'), 'penalised'],
  [
    'what a person knew does not reopen',
    at('cleared', { seenRules: ['no_first_scan'] }),
    assess('convicted', 'no_first_scan'),
    'cleared',
  ],
  [
    'what is new does',
    at('cleared', { seenRules: ['no_first_scan'] }),
    assess('convicted', 'destination_country'),
    'suspected',
  ],
  ['the same after an appeal', at('revoked'), assess('suspected', 'weight'), 'suspected'],
  ['upheld is over', at('upheld'), assess('genuine'), 'upheld'],
  ['withdrawn is over', at('withdrawn'), assess('convicted'), 'withdrawn'],
  ['a declaration is taken back', at('genuine'), { kind: 'withdraw' }, 'withdrawn'],
  ['not to escape', REVIEW, { kind: 'withdraw' }, 'under_review'],
  ['proof in time', at('suspected', { settlesAt: LATER }), { kind: 'give_proof' }, 'suspected'],
  ['proof in the window', at('under_review', { proofDueAt: LATER }), { kind: 'give_proof' }, 'under_review'],
  ['proof too late', REVIEW, { kind: 'give_proof' }, 'proof_window_over'],
  ['proof without end', at('suspected', { proofs: 10 }), { kind: 'give_proof' }, 'proof_limit_reached'],
  ['proof of nothing', at('genuine'), { kind: 'give_proof' }, 'verification_state_conflict'],
  ['cleared at once', SUSPECTED, clear, 'cleared'],
  ['cleared after proof', REVIEW, clear, 'cleared'],
  ['a word taken back', PENALISED, clear, 'revoked'],
  ['nothing to clear', at('pending'), clear, 'verification_state_conflict'],
  ['confirmed', REVIEW, confirm, 'penalised'],
  ['confirmed twice', PENALISED, confirm, 'verification_state_conflict'],
  ['appeal in time', PENALISED, { kind: 'appeal' }, 'appealed'],
  ['appeal too late', { ...PENALISED, appealDueAt: EARLIER }, { kind: 'appeal' }, 'appeal_window_over'],
  ['a second appeal', at('upheld'), { kind: 'appeal' }, 'verification_state_conflict'],
  ['upheld', APPEALED, upheld, 'upheld'],
  ['revoked', APPEALED, revoked, 'revoked'],
  ['by the same person', APPEALED, { ...upheld, by: STAFF }, 'decided_by_you'],
  [
    'by another of the same marketplace',
    APPEALED,
    { ...upheld, by: { judge: 'marketplace', id: 'per_other' } },
    'decided_by_you',
  ],
  [
    'by the marketplace, against the rules',
    { ...BY_RULES, state: 'appealed' },
    { ...upheld, by: STAFF },
    'upheld',
  ],
];

describe('what may follow what', () => {
  test.each(TABLE)('%s', (_name, before, command, after) => {
    const decision = decide(before, command, FACTS);
    expect(decision.ok ? decision.value.standing.state : decision.rejection.code).toBe(after);
  });
});

test('a confirmation imposes, a revocation revokes, and nothing else moves points', () => {
  for (const [, before, command] of TABLE) {
    const decision = decide(before, command, FACTS);
    if (!decision.ok) continue;
    const { standing, penalty } = decision.value;
    const moved = standing.state !== before.state ? standing.state : undefined;
    expect(penalty).toBe(moved === 'penalised' ? 'impose' : moved === 'revoked' ? 'revoke' : undefined);
  }
});

test('clocks: 24 hours to settle, three days for proof, three working days for the appeal', () => {
  const standingAfter = (before: CaseStanding, command: CaseCommand) => {
    const decision = decide(before, command, FACTS);
    if (!decision.ok) throw new Error(decision.rejection.code);
    return decision.value.standing;
  };
  expect(standingAfter(at('pending'), assess('suspected')).settlesAt).toBe('2026-03-05T10:00:00.000Z');
  expect(standingAfter(SUSPECTED, assess('suspected')).proofDueAt).toBe('2026-03-07T10:00:00.000Z');
  // Wednesday in Shanghai; Saturday and Sunday do not count.
  expect(standingAfter(REVIEW, confirm).appealDueAt).toBe('2026-03-09T10:00:00.000Z');
});

test('whatever the rules said in between, without people only their last word counts', () => {
  const outlooks = fc.constantFrom<Outlook>('open', 'genuine', 'suspected', 'convicted');
  fc.assert(
    fc.property(fc.array(outlooks), outlooks, (before, last) => {
      let standing = FRESH_CASE;
      for (const outlook of [...before, last]) {
        const decision = decide(standing, assess(outlook), { ...FACTS, now: EARLIER });
        if (!decision.ok) throw new Error(decision.rejection.code);
        standing = decision.value.standing;
      }
      const quiet = last === 'genuine' ? 'genuine' : 'pending';
      expect(standing.state).toBe(last === 'suspected' || last === 'convicted' ? 'suspected' : quiet);
    }),
  );
});

const HOUR_MS = 3_600_000;
const outlook = fc.constantFrom<Outlook>('open', 'genuine', 'suspected', 'convicted');
const rule = fc.constantFrom<RuleName>('no_first_scan', 'destination_country', 'weight');
const by = fc.constantFrom(STAFF, NETWORK, { judge: 'marketplace', id: 'per_other' } as const);
const level = fc.constantFrom('general', 'serious', 'especially_serious' as const);
const anyCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  fc
    .tuple(outlook, fc.subarray<RuleName>(['no_first_scan', 'destination_country', 'weight']), level)
    .map(([said, rules, proposedLevel]) => ({ ...assess(said, ...rules), proposedLevel }) as CaseCommand),
  fc.constantFrom<CaseCommand>({ kind: 'withdraw' }, { kind: 'give_proof' }, { kind: 'appeal' }),
  fc.tuple(by, fc.array(rule)).map(([who, rules]): CaseCommand => ({ kind: 'clear', by: who, rules })),
  fc.tuple(by, level).map(([who, of]): CaseCommand => ({ kind: 'confirm', by: who, level: of })),
  fc.tuple(by, fc.boolean(), fc.array(rule)).map(
    ([who, isUpheld, rules]): CaseCommand => ({
      ...{ kind: 'decide_appeal', by: who, upheld: isUpheld, rules },
    }),
  ),
);
/** Commands in any order, and the hours between them. */
const anyLife = fc.array(fc.tuple(anyCommand, fc.integer({ min: 0, max: 100 })), { maxLength: 40 });

/** Without people there is nearly nothing but the rules' word, and they get to where they convict. */
const lifeAmongRules = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(fc.constantFrom<Outlook>('suspected', 'convicted'), level) },
        { weight: 1, arbitrary: fc.tuple(outlook, level) },
      ),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 100 }),
    ),
    { maxLength: 12 },
  )
  .map((words) =>
    words.map(([[said, proposedLevel], proof, hours]): [CaseCommand, number] => [
      proof === 0
        ? { kind: 'give_proof' }
        : ({ ...assess(said, 'no_first_scan'), proposedLevel } as CaseCommand),
      hours,
    ]),
  );

/** Every decision of a life, with the standing before it. */
function live(commands: readonly (readonly [CaseCommand, number])[]) {
  let standing = FRESH_CASE;
  let ms = Date.parse(NOW);
  return commands.map(([command, hours]) => {
    ms += hours * HOUR_MS;
    const before = standing;
    const now = instant(new Date(ms).toISOString());
    const decision = decide(before, command, { ...FACTS, now });
    if (decision.ok) standing = decision.value.standing;
    return { before, command, now, decision };
  });
}

describe('whatever is done with a case', () => {
  test('at most one penalty stands, and one does exactly while the case says so', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        let penalties = 0;
        for (const { decision } of live(commands)) {
          if (!decision.ok) continue;
          const { standing, penalty } = decision.value;
          penalties += penalty === 'impose' ? 1 : penalty === 'revoke' ? -1 : 0;
          expect(penalties).toBe(['penalised', 'appealed', 'upheld'].includes(standing.state) ? 1 : 0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('its steps end in its state, and a refusal changes nothing', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        for (const { before, decision } of live(commands)) {
          if (!decision.ok) continue;
          const { standing, steps } = decision.value;
          const last = steps.at(-1);
          if (last !== 'proof_given') expect(last ?? before.state).toBe(standing.state);
          else expect([standing.state, standing.proofs]).toEqual([before.state, before.proofs + 1]);
          expect(standing.proofs).toBeLessThanOrEqual(10);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('the rules convict at the mildest level alone, after the window, and never against a proof', () => {
    fc.assert(
      fc.property(lifeAmongRules, (commands) => {
        for (const { before, command, now, decision } of live(commands)) {
          if (!decision.ok || decision.value.penalty !== 'impose' || command.kind !== 'assess') continue;
          const { standing } = decision.value;
          expect([before.state, before.proofs, command.proposedLevel]).toEqual([
            'under_review',
            0,
            'general',
          ]);
          expect([standing.level, standing.decidedBy]).toEqual(['general', 'rules']);
          expect(before.proofDueAt !== undefined && before.proofDueAt <= now).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('who decided a case decides no appeal of it, and what is upheld only a person takes back', () => {
    fc.assert(
      fc.property(anyLife, (commands) => {
        for (const { before, command, decision } of live(commands)) {
          if (!decision.ok) continue;
          if (command.kind === 'decide_appeal') expect(command.by.id).not.toBe(before.deciderId);
          if (before.state === 'upheld' && decision.value.standing.state !== 'upheld')
            expect(command.kind).toBe('clear');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
