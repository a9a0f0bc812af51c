import { describe, expect, test } from 'vitest';
import { addDays, instant } from '../kernel/index.ts';
import { decide, evolve, LEGAL_FROM, NO_CARRIER, trafficPercent } from './decide.ts';
import type { CarrierCommand, CarrierEvent, CarrierState, CarrierStatus } from './model.ts';

const at = instant('2026-03-01T08:00:00Z');
const past = instant('2026-02-01T00:00:00Z');
const suspensions: [] = [];

const STATES: Record<CarrierStatus, CarrierState> = {
  none: NO_CARRIER,
  applied: { status: 'applied', suspensions },
  qualification: { status: 'qualification', passed: ['licence', 'insurance', 'data_test'], suspensions },
  trial: { status: 'trial', until: past, suspensions },
  active: { status: 'active', grade: 'B', suspensions },
  warned: { status: 'warned', grade: 'C', suspensions },
  improvement: { status: 'improvement', grade: 'C', until: at, suspensions },
  restricted: { status: 'restricted', grade: 'D', suspensions },
  suspended: { status: 'suspended', grade: 'E', suspensions },
  eliminated: { status: 'eliminated', reapplyFrom: past, suspensions },
  exiting: { status: 'exiting', lastDay: past, suspensions },
  exited: { status: 'exited', suspensions },
};

const COMMANDS: { [Type in CarrierCommand['type']]: Extract<CarrierCommand, { type: Type }> } = {
  ApplyCarrier: { type: 'ApplyCarrier', at },
  StartQualification: { type: 'StartQualification', at },
  PassQualification: { type: 'PassQualification', at, item: 'licence', proof: 'blob' },
  StartTrial: { type: 'StartTrial', at },
  ActivateCarrier: { type: 'ActivateCarrier', at, grade: 'B' },
  GradeCarrier: { type: 'GradeCarrier', at, grade: 'A' },
  WarnCarrier: { type: 'WarnCarrier', at, reason: 'grade C' },
  StartImprovement: { type: 'StartImprovement', at, reason: 'plan' },
  RestrictCarrier: { type: 'RestrictCarrier', at, reason: 'grade D' },
  SuspendCarrier: { type: 'SuspendCarrier', at, reason: 'red line' },
  ReinstateCarrier: { type: 'ReinstateCarrier', at, reason: 'mended' },
  EliminateCarrier: { type: 'EliminateCarrier', at, reason: 'fabricated scans' },
  ReapplyCarrier: { type: 'ReapplyCarrier', at },
  AnnounceExit: { type: 'AnnounceExit', at, lastDay: addDays(at, 10) },
  CompleteExit: { type: 'CompleteExit', at },
};

/** command: where each legal state leads. Every pair that is not here must be refused. */
const TABLE: Record<CarrierCommand['type'], Partial<Record<CarrierStatus, CarrierStatus>>> = {
  ApplyCarrier: { none: 'applied', exited: 'applied' },
  StartQualification: { applied: 'qualification' },
  PassQualification: { qualification: 'qualification' },
  StartTrial: { qualification: 'trial' },
  ActivateCarrier: { trial: 'active' },
  GradeCarrier: { active: 'active', warned: 'warned', improvement: 'improvement', restricted: 'restricted' },
  WarnCarrier: { active: 'warned' },
  StartImprovement: { warned: 'improvement' },
  RestrictCarrier: { active: 'restricted', warned: 'restricted', improvement: 'restricted' },
  SuspendCarrier: {
    trial: 'suspended',
    active: 'suspended',
    warned: 'suspended',
    improvement: 'suspended',
    restricted: 'suspended',
  },
  ReinstateCarrier: { warned: 'active', improvement: 'active', restricted: 'active', suspended: 'active' },
  EliminateCarrier: { suspended: 'eliminated' },
  ReapplyCarrier: { eliminated: 'applied' },
  AnnounceExit: {
    trial: 'exiting',
    active: 'exiting',
    warned: 'exiting',
    improvement: 'exiting',
    restricted: 'exiting',
    suspended: 'exiting',
  },
  CompleteExit: { exiting: 'exited', applied: 'exited', qualification: 'exited' },
};

const PAIRS = Object.values(COMMANDS).flatMap((command) =>
  Object.values(STATES).map((state) => [command.type, state.status] as const),
);

describe('the decision table', () => {
  test.each(PAIRS)('%s on a carrier that is %s', (type, status) => {
    const outcome = decide(STATES[status], COMMANDS[type]);
    const target = TABLE[type][status];
    if (target === undefined) {
      expect(outcome).toMatchObject({ ok: false, rejection: { code: 'carrier_state_conflict' } });
      return;
    }
    if (!outcome.ok) throw new Error(outcome.rejection.detail);
    expect(outcome.value.reduce(evolve, STATES[status]).status).toBe(target);
  });

  test('says the same as the list of legal states', () => {
    for (const [type, row] of Object.entries(TABLE)) {
      expect(Object.keys(row).sort()).toEqual([...LEGAL_FROM[type as CarrierCommand['type']]].sort());
    }
  });
});

test('a trial needs every proof, and names what is missing', () => {
  const state: CarrierState = { status: 'qualification', passed: ['licence'], suspensions };
  expect(decide(state, COMMANDS.StartTrial)).toMatchObject({
    ok: false,
    rejection: {
      code: 'carrier_qualification_incomplete',
      detail: 'Still to be proven: insurance, data_test.',
    },
  });
});

test('the same proof twice counts once', () => {
  const event: CarrierEvent = { type: 'CarrierQualificationPassed', at, item: 'licence', proof: 'x' };
  const state = evolve(evolve({ status: 'qualification', passed: [], suspensions }, event), event);
  expect(state).toMatchObject({ passed: ['licence'] });
});

test('a trial ends four weeks after its start and not a moment earlier', () => {
  const outcome = decide(STATES.qualification, COMMANDS.StartTrial);
  if (!outcome.ok) throw new Error('refused');
  const trial = outcome.value.reduce(evolve, STATES.qualification);
  expect(trial).toMatchObject({ status: 'trial', until: instant('2026-03-29T08:00:00Z') });
  const early = instant('2026-03-29T07:59:59.999Z');
  expect(decide(trial, { type: 'ActivateCarrier', at: early, grade: 'B' })).toMatchObject({
    ok: false,
    rejection: { code: 'carrier_trial_running' },
  });
  expect(decide(trial, { type: 'ActivateCarrier', at: addDays(at, 28), grade: 'B' }).ok).toBe(true);
});

test('the second suspension inside twelve months eliminates, one of thirteen months ago does not count', () => {
  const recent: CarrierState = {
    status: 'active',
    grade: 'E',
    suspensions: [instant('2025-03-01T08:00:00.001Z')],
  };
  const old: CarrierState = { status: 'active', grade: 'E', suspensions: [instant('2025-03-01T08:00:00Z')] };
  const types = (state: CarrierState) => {
    const outcome = decide(state, COMMANDS.SuspendCarrier);
    return outcome.ok ? outcome.value.map((event) => event.type) : [];
  };
  expect(types(recent)).toEqual(['CarrierSuspended', 'CarrierEliminated']);
  expect(types(old)).toEqual(['CarrierSuspended']);
});

test('an eliminated carrier waits six months and keeps its history', () => {
  const outcome = decide(STATES.suspended, COMMANDS.EliminateCarrier);
  if (!outcome.ok) throw new Error('refused');
  const gone = outcome.value.reduce(evolve, { ...STATES.suspended, suspensions: [past] } as CarrierState);
  expect(gone).toMatchObject({ reapplyFrom: instant('2026-09-01T08:00:00Z'), suspensions: [past] });
  expect(decide(gone, { type: 'ReapplyCarrier', at: instant('2026-09-01T07:59:59.999Z') })).toMatchObject({
    ok: false,
    rejection: { code: 'carrier_cool_off' },
  });
  const again = decide(gone, { type: 'ReapplyCarrier', at: instant('2026-09-01T08:00:00Z') });
  if (!again.ok) throw new Error('refused');
  expect(again.value.reduce(evolve, gone)).toEqual({ status: 'applied', suspensions: [past] });
});

test('stopping business needs ten days of notice, and service until the last day', () => {
  expect(decide(STATES.active, { type: 'AnnounceExit', at, lastDay: addDays(at, 9) })).toMatchObject({
    ok: false,
    rejection: { code: 'carrier_exit_notice_too_short' },
  });
  const exiting: CarrierState = { status: 'exiting', lastDay: addDays(at, 10), suspensions };
  expect(decide(exiting, COMMANDS.CompleteExit)).toMatchObject({
    ok: false,
    rejection: { code: 'carrier_exit_not_due' },
  });
  expect(trafficPercent(exiting, at)).toBe(100);
  expect(trafficPercent(exiting, addDays(at, 10))).toBe(0);
});

test('traffic follows the state', () => {
  const shares = Object.values(STATES).map((state) => [state.status, trafficPercent(state, at)]);
  expect(Object.fromEntries(shares)).toEqual({
    none: 0,
    applied: 0,
    qualification: 0,
    trial: 5,
    active: 100,
    warned: 100,
    improvement: 100,
    restricted: 50,
    suspended: 0,
    eliminated: 0,
    exiting: 0,
    exited: 0,
  });
});
