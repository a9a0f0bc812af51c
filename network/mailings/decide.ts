import { accepted, type Instant, type Outcome, refused, unreachable } from '../kernel/index.ts';
import type { MailingErrorCode } from './errors.ts';
import type { CloseReason, MailingState, PartyWord, StateName, TurnAwayReason } from './model.ts';

/** Every time-out of a mailing; how long each is stands in the rulebook `mailing_policy`. */
export const CLOCKS = ['bring', 'handover', 'transit'] as const;
export type ClockName = (typeof CLOCKS)[number];

/** What tracking says of the parcel. */
export type Movement = 'moving' | 'delivered' | 'returned' | 'lost';

export type MailingCommand =
  | { readonly kind: 'modify' }
  | { readonly kind: 'choose_handover' }
  | { readonly kind: 'lose_handover'; readonly reason: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'accept'; readonly at: 'point' | 'door' }
  | { readonly kind: 'turn_away'; readonly reason: TurnAwayReason }
  | { readonly kind: 'undo'; readonly reason: string }
  | { readonly kind: 'hand_over'; readonly by: PartyWord }
  | { readonly kind: 'follow'; readonly movement: Movement }
  | { readonly kind: 'time_out' };
export type CommandKind = MailingCommand['kind'];

export type MailingFact =
  | { readonly kind: 'modified' }
  | { readonly kind: 'sent_to_counter' }
  | { readonly kind: 'handover_lost'; readonly reason: string }
  | { readonly kind: 'accepted'; readonly at: 'point' | 'door'; readonly dueAt: Instant }
  | { readonly kind: 'turned_away'; readonly reason: TurnAwayReason }
  | { readonly kind: 'undone'; readonly reason: string }
  | { readonly kind: 'handover_late' }
  | { readonly kind: 'handed_over'; readonly by: PartyWord; readonly dueAt: Instant }
  | { readonly kind: 'transit_late' }
  | { readonly kind: 'delivered' | 'returned' | 'lost' }
  | { readonly kind: 'closed'; readonly reason: CloseReason };

/** What decisions look at besides the state. `due`: when a clock that starts now is over. */
export type MailingFacts = { readonly now: Instant; readonly due: (clock: ClockName) => Instant };

/** In which states each command may be given; the clock and tracking look at the state themselves. */
export const MAY: Readonly<Record<Exclude<CommandKind, 'time_out' | 'follow'>, readonly StateName[]>> = {
  modify: ['placed'],
  choose_handover: ['placed'],
  lose_handover: ['placed'],
  cancel: ['placed'],
  accept: ['placed'],
  turn_away: ['placed'],
  undo: ['accepted'],
  hand_over: ['accepted'],
};

type Decision = Outcome<readonly MailingFact[], MailingErrorCode>;

export function decide(state: MailingState, command: MailingCommand, facts: MailingFacts): Decision {
  if (command.kind === 'time_out') return accepted(timeOut(state, facts));
  if (command.kind === 'follow') return accepted(follow(state, command.movement, facts));
  if (!MAY[command.kind].includes(state.name))
    return refused('mailing_state_conflict', `The mailing is ${state.name}.`);
  switch (command.kind) {
    case 'modify':
      return accepted([{ kind: 'modified' }]);
    case 'choose_handover':
      return accepted([{ kind: 'sent_to_counter' }]);
    case 'lose_handover':
      return accepted([{ kind: 'handover_lost', reason: command.reason }]);
    case 'cancel':
      return accepted([{ kind: 'closed', reason: 'cancelled' }]);
    case 'accept':
      return accepted([{ kind: 'accepted', at: command.at, dueAt: facts.due('handover') }]);
    case 'turn_away':
      return accepted(turnedAway(command.reason));
    case 'undo':
      return accepted([
        { kind: 'undone', reason: command.reason },
        { kind: 'closed', reason: 'undone' },
      ]);
    case 'hand_over':
      return accepted([{ kind: 'handed_over', by: command.by, dueAt: facts.due('transit') }]);
    default:
      return unreachable(command);
  }
}

/** What may not be sent is not asked for again; for all else the sender may come again. */
function turnedAway(reason: TurnAwayReason): MailingFact[] {
  const fact: MailingFact = { kind: 'turned_away', reason };
  return reason === 'prohibited' ? [fact, { kind: 'closed', reason: 'prohibited' }] : [fact];
}

/** A parcel that moves was handed over, whatever the counter noted; one that was lost may be found. */
function follow(state: MailingState, movement: Movement, { due }: MailingFacts): MailingFact[] {
  switch (state.name) {
    case 'accepted': {
      const moved: MailingFact = { kind: 'handed_over', by: 'tracking', dueAt: due('transit') };
      return movement === 'moving' ? [moved] : [moved, { kind: movement }];
    }
    case 'in_transit':
      return movement === 'moving' ? [] : [{ kind: movement }];
    case 'lost':
      return movement === 'delivered' || movement === 'returned' ? [{ kind: movement }] : [];
    default:
      return [];
  }
}

/** What silence means in each state. Nothing before its time, and told once. */
function timeOut(state: MailingState, { now }: MailingFacts): MailingFact[] {
  if (!('dueAt' in state) || state.dueAt === undefined || state.dueAt > now) return [];
  switch (state.name) {
    case 'placed':
      return [{ kind: 'closed', reason: 'not_brought' }];
    case 'accepted':
      return [{ kind: 'handover_late' }];
    case 'in_transit':
      return [{ kind: 'transit_late' }];
    default:
      return unreachable(state);
  }
}

export function evolve(state: MailingState, fact: MailingFact): MailingState {
  switch (fact.kind) {
    case 'modified':
    case 'sent_to_counter':
    case 'handover_lost':
    case 'turned_away':
    case 'undone':
      return state;
    case 'accepted':
      return { name: 'accepted', dueAt: fact.dueAt, isLate: false };
    case 'handover_late':
      return { name: 'accepted', dueAt: undefined, isLate: true };
    case 'handed_over':
      return { name: 'in_transit', dueAt: fact.dueAt, isLate: false };
    case 'transit_late':
      return { name: 'in_transit', dueAt: undefined, isLate: true };
    case 'delivered':
    case 'returned':
    case 'lost':
      return { name: fact.kind };
    case 'closed':
      return { name: 'closed', reason: fact.reason };
    default:
      return unreachable(fact);
  }
}
