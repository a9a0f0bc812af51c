import { accepted, type Instant, type Outcome, refused, unreachable } from '../kernel/index.ts';
import type { ReturnErrorCode } from './errors.ts';
import type {
  CloseReason,
  Disputed,
  PartyWord,
  RefundBasis,
  ReturnKind,
  ReturnState,
  StateName,
} from './model.ts';

/** Every time-out of a case; how long each is stands in the rulebook `return_policy`. */
export const CLOCKS = [
  'agree',
  'return',
  'handover',
  'confirm_shipped',
  'confirm_delivered',
  'negotiate',
  'replace',
  'amend',
  'confirm_replacement',
] as const;
export type ClockName = (typeof CLOCKS)[number];

export type ReturnCommand =
  | { readonly kind: 'agree'; readonly by: PartyWord }
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'escalate'; readonly reason: string }
  | { readonly kind: 'choose_route'; readonly method: 'point' | 'door' | 'self_post' }
  | { readonly kind: 'lose_route'; readonly reason: string }
  | { readonly kind: 'declare_number' }
  /** `isSlow`: by a point of the test world that hands over late whatever happens. */
  /** `takenAt`: when the goods came into these hands; whoever has them has them from then on. */
  | {
      readonly kind: 'accept';
      readonly at: 'point' | 'door';
      readonly takenAt: Instant;
      readonly isSlow?: boolean;
    }
  | { readonly kind: 'turn_away'; readonly reason: string }
  | { readonly kind: 'hand_over'; readonly by: PartyWord }
  | { readonly kind: 'arrive'; readonly at: Instant }
  | { readonly kind: 'receive' }
  | { readonly kind: 'screen'; readonly isAllOk: boolean }
  | { readonly kind: 'accept_screening' }
  | { readonly kind: 'decide_platform'; readonly outcome: 'agree' | 'refund' | 'replace' | 'close' }
  | { readonly kind: 'send_replacement' }
  | { readonly kind: 'ask_amendment'; readonly reason: string }
  | { readonly kind: 'amend' }
  | { readonly kind: 'refund_instead' }
  | { readonly kind: 'confirm_replacement' }
  | { readonly kind: 'time_out' };
export type CommandKind = ReturnCommand['kind'];

export type ReturnFact =
  | { readonly kind: 'agreed'; readonly by: PartyWord; readonly dueAt: Instant }
  | { readonly kind: 'refused'; readonly reason: string; readonly dueAt: Instant }
  | { readonly kind: 'escalated'; readonly reason: string; readonly about: Disputed }
  | { readonly kind: 'routed' }
  | { readonly kind: 'code_issued' }
  | { readonly kind: 'route_lost'; readonly reason: string }
  | { readonly kind: 'number_declared'; readonly dueAt: Instant }
  | { readonly kind: 'accepted'; readonly at: 'point' | 'door'; readonly dueAt: Instant }
  | { readonly kind: 'turned_away'; readonly reason: string }
  | { readonly kind: 'handed_over'; readonly by: PartyWord; readonly dueAt: Instant }
  | { readonly kind: 'handover_late'; readonly dueAt: Instant }
  | { readonly kind: 'delivered'; readonly at: Instant; readonly dueAt: Instant }
  | { readonly kind: 'received'; readonly dueAt: Instant }
  | { readonly kind: 'screened'; readonly isAllOk: boolean; readonly dueAt: Instant }
  | { readonly kind: 'refunded'; readonly basis: RefundBasis }
  | { readonly kind: 'replacement_due'; readonly dueAt: Instant }
  | { readonly kind: 'amendment_asked'; readonly reason: string; readonly dueAt: Instant }
  | { readonly kind: 'replacement_sent'; readonly dueAt: Instant }
  | { readonly kind: 'exchanged' }
  | { readonly kind: 'refund_instead' }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

/** What decisions look at besides the state. `due`: when a clock that starts now, or started before, is over. */
export type ReturnFacts = {
  readonly kind: ReturnKind;
  readonly now: Instant;
  readonly due: (clock: ClockName, from?: Instant) => Instant;
};

/** In which states each command may be given; `time_out` is the clock's own and looks at `dueAt`. */
export const MAY: Readonly<Record<Exclude<CommandKind, 'time_out'>, readonly StateName[]>> = {
  agree: ['applied', 'refused'],
  refuse: ['applied'],
  withdraw: ['applied', 'agreed', 'routed', 'code_issued', 'refused', 'platform_intervention'],
  escalate: ['agreed', 'refused', 'screened'],
  choose_route: ['agreed', 'routed', 'code_issued'],
  lose_route: ['code_issued'],
  declare_number: ['routed'],
  accept: ['code_issued'],
  turn_away: ['code_issued'],
  hand_over: ['accepted_at_point', 'collected'],
  arrive: ['accepted_at_point', 'collected', 'in_transit'],
  receive: ['accepted_at_point', 'collected', 'in_transit'],
  screen: ['received'],
  accept_screening: ['screened'],
  decide_platform: ['platform_intervention'],
  send_replacement: ['replacement_pending'],
  ask_amendment: ['replacement_pending'],
  amend: ['amend'],
  refund_instead: ['replacement_pending', 'amend'],
  confirm_replacement: ['replacement_sent'],
};

type Decision = Outcome<readonly ReturnFact[], ReturnErrorCode>;

export function decide(state: ReturnState, command: ReturnCommand, facts: ReturnFacts): Decision {
  if (command.kind === 'time_out') return accepted(timeOut(state, facts));
  if (!MAY[command.kind].includes(state.name)) return conflict(state);
  switch (command.kind) {
    case 'agree':
      return accepted(agreed(command.by, facts));
    case 'refuse':
      return accepted([{ kind: 'refused', reason: command.reason, dueAt: facts.due('negotiate') }]);
    case 'withdraw':
      return accepted([{ kind: 'closed', reason: 'withdrawn' }]);
    case 'escalate':
      return accepted([{ kind: 'escalated', reason: command.reason, about: disputed(state) }]);
    case 'choose_route':
      return accepted(
        command.method === 'self_post' ? [{ kind: 'routed' }] : [{ kind: 'routed' }, { kind: 'code_issued' }],
      );
    case 'lose_route':
      return accepted([{ kind: 'route_lost', reason: command.reason }]);
    case 'turn_away':
      return accepted([{ kind: 'turned_away', reason: command.reason }]);
    case 'decide_platform':
      return decidePlatform(state, command.outcome, facts);
    case 'declare_number':
    case 'accept':
    case 'arrive':
    case 'receive':
      return accepted(onTheWay(command, facts));
    case 'hand_over':
      return accepted([...lateUntilNow(state, command.by, facts), ...onTheWay(command, facts)]);
    case 'screen':
    case 'accept_screening':
      return accepted(afterScreening(command, facts));
    case 'send_replacement':
    case 'ask_amendment':
    case 'amend':
    case 'refund_instead':
    case 'confirm_replacement':
      return accepted(exchange(command, facts));
    default:
      return unreachable(command);
  }
}

/** Who keeps the goods is compensated at once. */
function agreed(by: PartyWord, { kind, due }: ReturnFacts): ReturnFact[] {
  const fact: ReturnFact = { kind: 'agreed', by, dueAt: due('return') };
  return kind === 'refund_only' ? [fact, { kind: 'refunded', basis: 'agreed' }] : [fact];
}

function disputed(state: ReturnState): Disputed {
  return state.name === 'screened' || state.name === 'agreed' ? state.name : 'refused';
}

type Moving = Extract<
  ReturnCommand,
  { readonly kind: 'declare_number' | 'accept' | 'hand_over' | 'arrive' | 'receive' }
>;

function onTheWay(command: Moving, { due, now }: ReturnFacts): ReturnFact[] {
  switch (command.kind) {
    case 'declare_number':
      return [{ kind: 'number_declared', dueAt: due('confirm_shipped') }];
    case 'accept':
      return [
        {
          kind: 'accepted',
          at: command.at,
          dueAt: command.isSlow === true ? now : due('handover', command.takenAt),
        },
      ];
    case 'hand_over':
      return [{ kind: 'handed_over', by: command.by, dueAt: due('confirm_shipped') }];
    case 'arrive':
      return [{ kind: 'delivered', at: command.at, dueAt: due('confirm_delivered') }];
    case 'receive':
      return [{ kind: 'received', dueAt: due('confirm_delivered') }];
    default:
      return unreachable(command);
  }
}

function afterScreening(
  command: Extract<ReturnCommand, { readonly kind: 'screen' | 'accept_screening' }>,
  facts: ReturnFacts,
): ReturnFact[] {
  if (command.kind === 'accept_screening') return settled('screened', facts);
  const { isAllOk } = command;
  const screened: ReturnFact = { kind: 'screened', isAllOk, dueAt: facts.due('negotiate') };
  // What is not in order waits for the buyer's word.
  return isAllOk ? [screened, ...settled('screened', facts)] : [screened];
}

/** The goods are back: money for a return, other goods for an exchange. */
function settled(basis: RefundBasis, { kind, due }: ReturnFacts): ReturnFact[] {
  return kind === 'exchange'
    ? [{ kind: 'replacement_due', dueAt: due('replace') }]
    : [{ kind: 'refunded', basis }];
}

function decidePlatform(
  state: ReturnState,
  outcome: 'agree' | 'refund' | 'replace' | 'close',
  facts: ReturnFacts,
): Decision {
  const about = state.name === 'platform_intervention' ? state.about : undefined;
  switch (outcome) {
    case 'agree':
      // The goods are still with the buyer only where the seller had refused, or gave no address.
      return about === 'refused' || about === 'agreed'
        ? accepted(agreed('platform', facts))
        : conflict(state);
    case 'refund':
      return accepted([{ kind: 'refunded', basis: 'platform' }]);
    case 'replace':
      return facts.kind === 'exchange' && about === 'screened'
        ? accepted([{ kind: 'replacement_due', dueAt: facts.due('replace') }])
        : conflict(state);
    case 'close':
      return accepted([{ kind: 'closed', reason: 'platform' }]);
    default:
      return unreachable(outcome);
  }
}

type Exchanging = Extract<
  ReturnCommand,
  {
    readonly kind: 'send_replacement' | 'ask_amendment' | 'amend' | 'refund_instead' | 'confirm_replacement';
  }
>;

function exchange(command: Exchanging, { due }: ReturnFacts): ReturnFact[] {
  switch (command.kind) {
    case 'send_replacement':
      return [{ kind: 'replacement_sent', dueAt: due('confirm_replacement') }];
    case 'ask_amendment':
      return [{ kind: 'amendment_asked', reason: command.reason, dueAt: due('amend') }];
    case 'amend':
      return [{ kind: 'replacement_due', dueAt: due('replace') }];
    case 'refund_instead':
      return [{ kind: 'refund_instead' }];
    case 'confirm_replacement':
      return [{ kind: 'exchanged' }];
    default:
      return unreachable(command);
  }
}

/** What silence means in each state. Nothing before its time, and nothing where nobody is waited for. */
/** Whoever hands over after the time is late, also where no clock has told it yet. A scan tells of what was before. */
function lateUntilNow(state: ReturnState, by: PartyWord, facts: ReturnFacts): readonly ReturnFact[] {
  return by === 'tracking' || ('isLate' in state && state.isLate) ? [] : timeOut(state, facts);
}

function timeOut(state: ReturnState, facts: ReturnFacts): readonly ReturnFact[] {
  if (!('dueAt' in state) || state.dueAt > facts.now) return [];
  switch (state.name) {
    case 'applied':
      return agreed('rules', facts);
    case 'agreed':
    case 'routed':
    case 'code_issued':
      return [{ kind: 'closed', reason: 'not_returned' }];
    case 'refused':
      return [{ kind: 'closed', reason: 'refusal_accepted' }];
    case 'accepted_at_point':
    case 'collected':
      return state.isLate
        ? [{ kind: 'escalated', reason: 'handover_missing', about: 'handover' }]
        : [{ kind: 'handover_late', dueAt: facts.due('confirm_shipped') }];
    case 'in_transit':
    case 'received':
      return settled('time_out', facts);
    case 'screened':
      return settled('screened', facts);
    case 'replacement_pending':
    case 'amend':
      return [{ kind: 'refund_instead' }];
    case 'replacement_sent':
      return [{ kind: 'exchanged' }];
    default:
      return unreachable(state);
  }
}

/** The state after a fact. The time to return the goods runs on while the buyer chooses how. */
export function evolve(state: ReturnState, fact: ReturnFact): ReturnState {
  switch (fact.kind) {
    case 'agreed':
      return { name: 'agreed', dueAt: fact.dueAt };
    case 'refused':
      return { name: 'refused', dueAt: fact.dueAt };
    case 'escalated':
      return { name: 'platform_intervention', about: fact.about };
    case 'routed':
      return { name: 'routed', dueAt: dueOf(state) };
    case 'code_issued':
      return { name: 'code_issued', dueAt: dueOf(state) };
    case 'route_lost':
      return { name: 'agreed', dueAt: dueOf(state) };
    case 'turned_away':
      return state;
    case 'accepted':
      return {
        name: fact.at === 'point' ? 'accepted_at_point' : 'collected',
        dueAt: fact.dueAt,
        isLate: false,
      };
    case 'handover_late':
      return { name: lateName(state), dueAt: fact.dueAt, isLate: true };
    case 'number_declared':
    case 'handed_over':
      return { name: 'in_transit', dueAt: fact.dueAt, deliveredAt: undefined };
    case 'delivered':
      return { name: 'in_transit', dueAt: fact.dueAt, deliveredAt: fact.at };
    case 'received':
      return { name: 'received', dueAt: fact.dueAt };
    case 'screened':
      return { name: 'screened', dueAt: fact.dueAt };
    case 'refunded':
      return { name: 'refunded' };
    case 'replacement_due':
      return { name: 'replacement_pending', dueAt: fact.dueAt };
    case 'amendment_asked':
      return { name: 'amend', dueAt: fact.dueAt };
    case 'replacement_sent':
      return { name: 'replacement_sent', dueAt: fact.dueAt };
    case 'exchanged':
      return { name: 'success' };
    case 'refund_instead':
      return { name: 'refund_instead' };
    case 'closed':
      return { name: 'closed', reason: fact.reason };
    default:
      return unreachable(fact);
  }
}

function dueOf(state: ReturnState): Instant {
  if (!('dueAt' in state)) throw new Error(`a case that is ${state.name} waits for nobody`);
  return state.dueAt;
}

function lateName(state: ReturnState): 'accepted_at_point' | 'collected' {
  if (state.name === 'accepted_at_point' || state.name === 'collected') return state.name;
  throw new Error(`a case that is ${state.name} is not at a counter`);
}

function conflict(state: ReturnState) {
  return refused('return_state_conflict' as const, `The return is ${state.name}.`);
}
