export { wantNumber } from './handle.ts';
export { listSourceHealth, type SourceHealthRow } from './health.ts';
export { pollingJobs, schedulePollingJobs } from './jobs.ts';
export { POLLING_ERRORS } from './model.ts';
export { createPolling } from './polling.ts';
export type { PollingPorts } from './ports.ts';
export { type PullCredential, type Pulled, type PullPorts, pull } from './pull.ts';
export { createTokenShelf } from './token-shelf.ts';
export { pollingRelations } from './views.ts';
