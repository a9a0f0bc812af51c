export { createLog, errorFields, type Log, type LogFields } from './log.ts';
export { createMetrics, type Metrics } from './metrics.ts';
