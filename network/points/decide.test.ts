import { describe, expect, test } from 'vitest';
import { addDays, instant } from '../kernel/index.ts';
import { decide, LEGAL_FROM, type PointCommand, timersOf } from './decide.ts';
import { NO_CONTRACT, POINT_STATES, type PointProgress, type PointState } from './model.ts';

const at = instant('2026-11-29T10:00:00Z');
const IN_FORCE = { isInForce: true, needsDocuments: true, needsSiteCheck: true };
const WAIVED = { isInForce: true, needsDocuments: false, needsSiteCheck: false };

function became(state: PointState | PointProgress, command: PointCommand, terms = NO_CONTRACT): string {
  const before = typeof state === 'string' ? { state } : state;
  const outcome = decide(before, command, { at, terms });
  return outcome.ok ? `${outcome.value.progress.state} ${outcome.value.event}` : outcome.rejection.code;
}

describe('an application goes on', () => {
  test.each([
    ['applied', { type: 'accept_application' }, NO_CONTRACT, 'documents PointChanged'],
    ['documents', { type: 'accept_documents' }, NO_CONTRACT, 'site_check PointChanged'],
    [
      'site_check',
      { type: 'record_site_check', passed: true, note: '' },
      NO_CONTRACT,
      'contract PointChanged',
    ],
    [
      'site_check',
      { type: 'record_site_check', passed: false, note: '' },
      IN_FORCE,
      'site_check PointChanged',
    ],
    ['site_check', { type: 'record_site_check', passed: true, note: '' }, IN_FORCE, 'training PointApproved'],
    ['contract', { type: 'contract_in_force' }, NO_CONTRACT, 'point_state_conflict'],
    ['contract', { type: 'contract_in_force' }, IN_FORCE, 'training PointApproved'],
    ['applied', { type: 'accept_application' }, WAIVED, 'training PointApproved'],
    ['applied', { type: 'accept_application' }, { ...WAIVED, isInForce: false }, 'contract PointChanged'],
    ['training', { type: 'complete_training' }, NO_CONTRACT, 'trial PointActivated'],
    [
      'documents',
      { type: 'reject', reason: 'documents_invalid', note: '' },
      NO_CONTRACT,
      'exited PointRejected',
    ],
  ] as const)('%s, %o', (state, command, terms, expected) => {
    expect(became(state, command, terms)).toBe(expected);
  });

  test('a trial lasts fourteen days and ends by its timer', () => {
    const outcome = decide({ state: 'training' }, { type: 'complete_training' }, { at, terms: NO_CONTRACT });
    const progress = outcome.ok ? outcome.value.progress : undefined;
    expect(progress?.trialUntil).toBe(addDays(at, 14));
    expect(timersOf(progress as PointProgress, at)).toEqual([{ type: 'end_trial', at: addDays(at, 14) }]);
    expect(became(progress as PointProgress, { type: 'end_trial' })).toBe('point_state_conflict');
    expect(became({ state: 'trial', trialUntil: at }, { type: 'end_trial' })).toBe('active PointActivated');
  });
});

describe('a pause', () => {
  const pause = (from: string, reason: 'holiday' | 'illness', until?: string): PointCommand => ({
    type: 'pause',
    from: instant(from),
    until: until === undefined ? undefined : instant(until),
    reason,
  });
  test.each([
    ['a holiday tomorrow', pause('2026-11-30T10:00:00Z', 'holiday'), 'point_notice_too_short'],
    ['a holiday in three days', pause('2026-12-02T10:00:00Z', 'holiday'), 'active PointChanged'],
    ['an illness now', pause('2026-11-29T10:00:00Z', 'illness'), 'paused PointPaused'],
    ['an illness that was told late', pause('2026-11-28T10:00:00Z', 'illness'), 'paused PointPaused'],
    [
      'one that is over before it begins',
      pause('2026-12-05T10:00:00Z', 'holiday', '2026-12-04T10:00:00Z'),
      'point_dates_turned_round',
    ],
  ])('%s', (_, command, expected) => {
    expect(became('active', command)).toBe(expected);
  });

  test('begins and ends by its timers and leads back to a trial that still runs', () => {
    const planned = { state: 'active', pausedFrom: at, pausedUntil: addDays(at, 2) } as const;
    expect(became(planned, { type: 'begin_pause' })).toBe('paused PointPaused');
    const paused = { ...planned, state: 'paused' } as const;
    expect(became(paused, { type: 'end_pause' })).toBe('point_state_conflict');
    expect(became({ ...paused, pausedUntil: at }, { type: 'end_pause' })).toBe('active PointResumed');
    expect(became({ ...paused, trialUntil: addDays(at, 1) }, { type: 'resume' })).toBe('trial PointResumed');
    expect(became({ state: 'active' }, { type: 'resume' })).toBe('point_state_conflict');
  });
});

describe('an end', () => {
  const leave = (days: number, by: 'network' | 'operator'): PointCommand => ({
    type: 'announce_exit',
    lastMoment: addDays(at, days),
    by,
    reason: 'rent',
  });
  test.each([
    ['active', leave(9, 'network'), 'point_notice_too_short'],
    ['active', leave(10, 'network'), 'active PointChanged'],
    ['active', leave(29, 'operator'), 'point_notice_too_short'],
    ['suspended', leave(30, 'operator'), 'suspended PointChanged'],
    ['documents', leave(0, 'network'), 'exited PointExited'],
  ] as const)('of a point that is %s, %o', (state, command, expected) => {
    expect(became(state, command)).toBe(expected);
  });
  test('comes on its day', () => {
    expect(became({ state: 'active', exitsAt: addDays(at, 1) }, { type: 'complete_exit' })).toBe(
      'point_state_conflict',
    );
    expect(became({ state: 'paused', exitsAt: at }, { type: 'complete_exit' })).toBe('exited PointExited');
  });
});

test('a restricted point may be suspended, and comes back into the pause that it is in', () => {
  expect(became('restricted', { type: 'suspend', reason: 'complaints' })).toBe('suspended PointSuspended');
  expect(became('suspended', { type: 'reinstate', reason: 'cleared' })).toBe('active PointResumed');
  expect(became({ state: 'restricted', pausedFrom: at }, { type: 'reinstate', reason: 'cleared' })).toBe(
    'paused PointResumed',
  );
});

test('every other pair of state and command is a conflict', () => {
  const commands: PointCommand[] = [
    { type: 'accept_application' },
    { type: 'accept_documents' },
    { type: 'record_site_check', passed: true, note: '' },
    { type: 'contract_in_force' },
    { type: 'complete_training' },
    { type: 'end_trial' },
    { type: 'reject', reason: 'other', note: '' },
    { type: 'pause', from: at, reason: 'illness' },
    { type: 'begin_pause' },
    { type: 'end_pause' },
    { type: 'resume' },
    { type: 'restrict', reason: 'x' },
    { type: 'suspend', reason: 'x' },
    { type: 'reinstate', reason: 'x' },
    { type: 'announce_exit', lastMoment: addDays(at, 40), by: 'operator', reason: 'x' },
    { type: 'complete_exit' },
    { type: 'record_filing', note: '' },
    { type: 'filing_due' },
  ];
  expect(new Set(commands.map(({ type }) => type))).toEqual(new Set(Object.keys(LEGAL_FROM)));
  for (const command of commands) {
    for (const state of POINT_STATES) {
      if (!LEGAL_FROM[command.type].includes(state))
        expect(became(state, command)).toBe('point_state_conflict');
    }
  }
});
