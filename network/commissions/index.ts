export { COMMISSION_EVENTS } from './events.ts';
export { commissionJobs } from './jobs.ts';
export { COMMISSION_ERRORS } from './model.ts';
export { commissionReactions } from './reactions.ts';
export { commissionRelations } from './relations.ts';
export { commissionRoutes } from './routes.ts';
export { DEFAULT_POINT_COMMISSION, POINT_COMMISSION_KIND } from './rulebook.ts';
export { closesAt, type Week, weekFrom, weeksOf } from './week.policy.ts';
