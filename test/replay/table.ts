import { expectationOf, storyOf } from './expectation.ts';
import type { Rehearsal } from './rehearsal.ts';

const BREAKS_SHOWN_OF_A_RULE = 5;

/** What was replayed, by reason; then what was checked, by rule; then what does not hold. */
export function tableOf(run: Rehearsal): string {
  const stories = new Map<string, number>();
  const contradictions = new Map<string, number>();
  const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1);
  for (const { order, withoutDivision } of run.journal.entries) {
    count(stories, `${order.status.padEnd(12)} ${storyOf(order, run.journal.endedAtMs)}`);
    const expected = expectationOf(order, run.journal.endedAtMs);
    if (expected.kind === 'bought') for (const kind of expected.contradictions) count(contradictions, kind);
    if (withoutDivision.length > 0) count(contradictions, 'CEP outside its state (state left out)');
  }
  const bought = run.journal.entries.filter((entry) => entry.outcome === 'bought').length;
  const refused = run.journal.entries.filter((entry) => entry.outcome === 'refused').length;
  const broken = new Map<string, number>();
  for (const text of run.breaks) count(broken, text.split(': ')[0] ?? '');
  return [
    'What became of the rows',
    ...rows(stories),
    ...rows(
      new Map([
        ['bought', bought],
        ['refused at the offer', refused],
        ['all rows', run.journal.entries.length],
      ]),
    ),
    '',
    'Rows that contradict themselves (taken as they are)',
    ...rows(contradictions),
    '',
    'Checked from the rows and the API',
    ...rows(run.verdict.checked),
    '',
    'postroad verify',
    ...rows(new Map(run.verified.map((line) => [`${line.world}: ${line.check}`, line.checked]))),
    '',
    `${run.traffic.requests} requests, ${run.traffic.repeated} sent again, ${run.kills} kills, ${run.complaints.length} lines in the error log`,
    `stage ${run.seconds.stage.toFixed(1)} s, replay ${run.seconds.replay.toFixed(1)} s, check ${run.seconds.check.toFixed(1)} s`,
    ...(run.breaks.length === 0
      ? ['Everything holds.']
      : ['', `BROKEN: ${run.breaks.length}`, ...rows(broken)]),
    ...shownOf(run.breaks),
  ].join('\n');
}

function rows(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `  ${count.toString().padStart(7)}  ${name}`);
}

/** Some of each rule: a thousand breaks of one must not hide another. */
function shownOf(breaks: readonly string[]): string[] {
  const byRule = Map.groupBy(breaks, (text) => text.split(': ')[0] ?? '');
  return [...byRule.values()].flatMap((texts) =>
    texts.slice(0, BREAKS_SHOWN_OF_A_RULE).map((text) => `  ${text}`),
  );
}
