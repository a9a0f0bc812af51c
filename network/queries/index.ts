export { QUERIES_ERRORS } from './model.ts';
export { queryRoutes } from './routes.ts';
export { queryJobs, queryReactions } from './run.ts';
export { subscriptionRoutes } from './subscription-routes.ts';
