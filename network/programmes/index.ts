export { type ProgrammePart, type Purchase, programmesPaying } from './contribution.policy.ts';
export { PROGRAMME_EVENTS } from './events.ts';
export { type UseProgramme, useProgramme } from './handle.ts';
export { PROGRAMME_ERRORS, type Programme, type ProgrammeId, type ProgrammeUse } from './model.ts';
export { programmeReactions } from './reactions.ts';
export { programmeRelations, programmeRoutes } from './routes.ts';
export { listSpendableProgrammes } from './store.ts';
