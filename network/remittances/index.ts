export { REMITTANCE_EVENTS } from './events.ts';
export { remittanceJobs } from './jobs.ts';
export { REMITTANCE_ERRORS } from './model.ts';
export { remittanceReactions } from './reactions.ts';
export { remittanceRelations } from './relations.ts';
export { remittanceRoutes } from './routes.ts';
export { COD_REMITTANCE_KIND, DEFAULT_COD_REMITTANCE } from './rulebook.ts';
