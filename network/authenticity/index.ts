export { AUTHENTICITY_EVENTS } from './events.ts';
export type { DeclarationFacts, FactPlace, FactScan, OtherClaim } from './facts.ts';
export { AUTHENTICITY_ERRORS } from './model.ts';
export type { AuthenticityPorts, DeclaredCase } from './ports.ts';
export { authenticityJobs, authenticityReactions } from './reactions.ts';
export { authenticityRelations } from './relations.ts';
export { authenticityRoutes } from './routes.ts';
export { DEFAULT_FALSE_TRACKING } from './rulebook.ts';
export { FALSE_TRACKING_KIND } from './rulebook-kind.ts';
