import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foldScans } from './fold.ts';
import { correct, scan, state } from './life.fixture.ts';
import { MILESTONES, substatusAfter } from './milestones.policy.ts';
import type { ParcelStatus, ParcelSubstatus } from './model.ts';
import { type CodeTableName, codesOf, meaningOf } from './source-codes.policy.ts';
import { foreignWords } from './vocabularies.policy.ts';

/*
 * Against the table of the field's taxonomies, read from beside the project: its statuses and details are ours, and
 * each code of its columns is read as one of the rows that it stands in.
 */
const FOLDER =
  process.env.POSTROAD_DATA_TRACKING ??
  ['..', '../..']
    .map((up) => join(import.meta.dirname, '../..', up, 'shared/data/tracking'))
    .find(existsSync) ??
  '';
const FILE = join(FOLDER, 'tracking-status-model.md');
const rows = existsSync(FILE) ? rowsOf(readFileSync(FILE, 'utf8')) : [];
if (rows.length === 0)
  process.stderr.write(
    'SKIPPED, NOT PROVED: statuses against the model of the field; name its folder with POSTROAD_DATA_TRACKING.\n',
  );

/** What nobody tells: the platform alone could say it. */
const OF_THE_PLATFORM = new Set(['not_found', 'not_found.invalid_number', 'expired']);

test('the model has all its rows, or is not there', () => {
  expect(rows.length === 0 || rows.length > 35).toBe(true);
});

test('every status and detail of the model can be told by a code of ours, and is shown as it was told', () => {
  const reached = new Set(codesOf('native').map((code) => stateOf('native', code)));
  const wanted = rows.flatMap(({ names }) => names).filter((name) => !OF_THE_PLATFORM.has(name));
  expect(wanted.filter((name) => !reached.has(name))).toEqual([]);
});

const COLUMNS: readonly [table: CodeTableName, column: string][] = [
  ['emsevt', 'EMSEVT'],
  ['cainiao', 'Cainiao'],
  ['epcis', 'EPCIS bizStep / disposition'],
];
/** Where the model is a reading and we say less: the vocabulary of GS1 does not tell whose van or whose hold it is. */
const SAYS_LESS = new Set(['epcis:transporting:in_transit', 'epcis:holding:non_conformant']);

test.each(COLUMNS)('codes of %s are read as the model reads them', (table, column) => {
  const known = new Set(codesOf(table));
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const code of new Set(rows.flatMap((row) => row.codes(table, column)))) {
    if (!known.has(code) || SAYS_LESS.has(code)) continue; // the vocabulary has words that mean two things: they stay unmapped
    seen.add(code);
    const standing = rows
      .filter((row) => row.codes(table, column).includes(code))
      .flatMap(({ names }) => names);
    const read = stateOf(table, code);
    // A code that stands in rows of several details may be read as their status without any.
    const general = new Set([...standing, ...standing.map((name) => name.split('.')[0])]);
    if (!general.has(read)) wrong.push(`${code} is read as ${read}, stands in ${standing.join(', ')}`);
  }
  expect(wrong).toEqual([]);
  if (rows.length > 0) expect(seen.size).toBeGreaterThan(table === 'epcis' ? 8 : 20);
});

/** Columns of services, and the words of ours that may stand in them. */
const SERVICES: readonly [column: string, words: (name: string) => readonly (string | undefined)[]][] = [
  ['AfterShip', (name) => [wordsOf(name).aftership?.subtag]],
  ['17TRACK', (name) => [wordsOf(name).seventeenTrack?.subStatus]],
  ['EasyPost detail', (name) => [wordsOf(name).easypost?.statusDetail, wordsOf(name).easypost?.status]],
  ['Shippo', (name) => [wordsOf(name).shippo?.substatus]],
];

test.each(SERVICES)('every state is told to %s in a word that the model has for it', (column, words) => {
  const wrong: string[] = [];
  let seen = 0;
  for (const row of rows) {
    const listed = wordsIn(row.cell(column));
    if (listed.size === 0) continue;
    for (const name of row.names) {
      seen += 1;
      if (!words(name).some((word) => word !== undefined && listed.has(word)))
        wrong.push(`${name} is told as ${words(name)}, the model has ${[...listed]}`);
    }
  }
  // Of these ways to be delivered the model leaves open what AfterShip calls them.
  const isOpen = (line: string) =>
    column === 'AfterShip' && /^delivered\.(locker_collected|safe_place) /.test(line);
  expect(wrong.filter((line) => !isOpen(line))).toEqual([]);
  if (rows.length > 0) expect(seen).toBeGreaterThan(20);
});

const wordsOf = (name: string) =>
  foreignWords(
    name.split('.')[0] as ParcelStatus,
    name.includes('.') ? (name as ParcelSubstatus) : undefined,
  );

/** `InTransit_003, 007` are two words of the same beginning; what stands in parentheses is none. */
function wordsIn(cell: string): ReadonlySet<string> {
  let beginning = '';
  const words = cell.replace(/\(.*?\)/g, '').split(/[\s,]+/);
  return new Set(
    words.flatMap((word) => {
      if (word === '') return [];
      if (/^\d{3}$/.test(word)) return [`${beginning}_${word}`];
      beginning = word.split('_')[0] ?? '';
      return [word];
    }),
  );
}

test('no code of EMSEVT is left out', () => {
  const codes = new Set(rows.flatMap((row) => row.codes('emsevt', 'EMSEVT')));
  expect([...codes].filter((code) => !codesOf('emsevt').includes(code))).toEqual([]);
});

test('a point that signs for itself has not delivered; whoever collects there has', () => {
  const signed = scan('03-01 10:00', 'GTMS_STA_SIGNED', { table: 'cainiao' });
  const shelved = foldScans([signed]);
  expect(state(shelved)).toBe('available_for_pickup.outlet last_mile recipient');
  expect([shelved.terminal, shelved.deliveredAt]).toEqual([false, undefined]);
  const collected = scan('03-03 18:00', 'delivered.collected');
  expect(foldScans([collected, signed]).deliveredAt).toBe(collected.occurredAt);
});

test('several numbers of several carriers make one life, in order of time', () => {
  const life = [
    scan('03-01 10:00', 'EMA', { table: 'emsevt', source: 'china_post', number: 'RR123456785CN' }),
    scan('03-04 01:00', 'EMC', { table: 'emsevt', source: 'china_post', number: 'RR123456785CN' }),
    scan('03-05 09:00', 'EMD', { table: 'emsevt', source: 'correos', number: 'RR123456785CN' }),
    scan('03-05 20:00', 'handed_to_last_mile', { source: 'correos', number: 'PQ12345678901234567890Z' }),
    scan('03-07 11:00', 'delivered.signed', { source: 'correos', number: 'PQ12345678901234567890Z' }),
  ];
  const timeline = foldScans(life.toReversed());
  expect(state(timeline)).toBe('delivered.signed last_mile none');
  expect(timeline.entries.map((entry) => entry.source)).toEqual([
    'china_post',
    'china_post',
    'correos',
    'correos',
    'correos',
  ]);
});

test.each(['delivered', 'returned', 'cancelled', 'lost', 'disposed'])(
  '%s is left by a correction that names author and reason, and by nothing else',
  (milestone) => {
    const [returning, closing] = [scan('03-02 10:00', 'returning'), scan('03-03 10:00', milestone)];
    const life = milestone === 'returned' ? [returning, closing] : [closing];
    const closed = foldScans(life);
    expect(closed.terminal).toBe(true);
    const later = scan('03-04 10:00', 'out_for_delivery');
    const reported = foldScans([...life, later]);
    expect(state(reported)).toBe(state(closed));
    expect(reported.entries.at(-1)?.effect).toBe('after_terminal');
    const nameless = { ...correct(closing, '03-04 11:00', 'withdrawn'), correction: undefined };
    const { correction: _, ...bare } = nameless;
    expect(state(foldScans([...life, later, bare]))).toBe(state(closed));
    const reopened = foldScans([...life, later, correct(closing, '03-04 11:00', 'withdrawn')]);
    expect(reopened.terminal).toBe(false);
    expect(reopened.entries).toHaveLength(life.length + 2);
    expect(reopened.entries.some((entry) => entry.effect === 'corrected')).toBe(true);
  },
);

/** Status, or status and detail, as it is shown. */
function stateOf(table: CodeTableName, code: string): string {
  const { milestone, substatus } = meaningOf(table, code);
  if (milestone === 'unmapped') return 'unknown';
  return substatusAfter(milestone, substatus) ?? MILESTONES[milestone].status;
}

type Row = {
  readonly names: readonly string[];
  readonly cell: (column: string) => string;
  readonly codes: (table: CodeTableName, column: string) => readonly string[];
};

function rowsOf(text: string): Row[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  const cellsOf = (line: string) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  const columns = cellsOf(lines[0] ?? '');
  let status = '';
  return lines.slice(2).map((line) => {
    const cells = cellsOf(line);
    const names = namesOf(cells[0] ?? '', status);
    status = names[0]?.split('.')[0] ?? status;
    const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
    return { names, cell, codes: (table, column) => codesIn(table, cell(column)) };
  });
}

/** `a.b, c`: a.b and a.c; `.b`: of the status above; `a.b (+ c, d)`: a.b, a.b_c and a.b_d; `a (computed)`: a. */
function namesOf(cell: string, above: string): string[] {
  const [head = '', more] = cell.split('(+');
  const parts = head
    .replace(/\(.*\)/, '')
    .split(',')
    .map((part) => part.trim());
  const [first = ''] = parts;
  const status = first.startsWith('.') ? above : (first.split('.')[0] ?? '');
  const names = parts.map((part) =>
    part.includes('.') || part === status
      ? `${part.startsWith('.') ? status : ''}${part}`
      : `${status}.${part}`,
  );
  const further = (more ?? '').replace(')', '').split(',');
  return [...names, ...further.flatMap((word) => (word.trim() === '' ? [] : [`${names[0]}_${word.trim()}`]))];
}

function codesIn(table: CodeTableName, cell: string): string[] {
  if (table !== 'epcis') return cell.match(/\b[A-Z][A-Z_]{2,}\b/g) ?? [];
  const [step = '', disposition = ''] = cell.split('/').map((part) => part.trim());
  return step === '' ? [] : step.split(',').map((one) => `epcis:${one.trim()}:${disposition}`);
}
