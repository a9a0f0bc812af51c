export { epcisJobs } from './capture.ts';
export { faultsOfText, hashesOfText } from './document.ts';
export { EPCIS_ERRORS } from './errors.ts';
export { epcisRelations, epcisRoutes } from './routes.ts';
export { scheduleTerms as scheduleEpcisTerms } from './terms.ts';
