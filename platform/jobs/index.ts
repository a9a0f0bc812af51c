export { type JobHandler, type JobRunner, startJobRunner } from './runner.ts';
export { cancelJob, countJobs, type JobKindState, listJobKinds, type NewJob, reviveJobs } from './store.ts';
