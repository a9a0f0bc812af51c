export { PROCEEDS_EVENTS } from './events.ts';
export { proceedsJobs } from './jobs.ts';
export { PROCEEDS_ERRORS } from './model.ts';
export { proceedsReactions } from './reactions.ts';
export { proceedsRelations } from './relations.ts';
export { proceedsRoutes } from './routes.ts';
export { COD_PROCEEDS_KIND, DEFAULT_COD_PROCEEDS } from './rulebook.ts';
