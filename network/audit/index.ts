export { AUDITED } from './audited.policy.ts';
export { auditReactions, recordEffect } from './record.ts';
export { auditRoutes } from './routes.ts';
