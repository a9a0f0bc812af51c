export {
  countUnnumbered,
  type DeadLetter,
  deleteDeadLetter,
  findEventAt,
  listBacklogs,
  listDeadLetters,
  lockDeadLetter,
  type ReactionBacklog,
} from './backlog.ts';
export { defineEvent, type EventType, type OutgoingEvent, type PublishedEvent } from './event.ts';
export { type Reaction, reactionOfAll } from './reaction.ts';
export { type Relay, startRelay } from './relay.ts';
export {
  listEventsAfter,
  listNewsAfter,
  type News,
  newestPosition,
  outboxAgeSeconds,
  purgeEvents,
} from './store.ts';
