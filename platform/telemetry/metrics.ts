import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics of one process. Labels carry operations and states, never ids or persons. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  return {
    registry,
    requests: new Counter({
      name: 'http_requests_total',
      help: 'Finished requests',
      labelNames: ['operation', 'status'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'http_request_seconds',
      help: 'Duration of requests',
      labelNames: ['operation'],
      registers,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    }),
    failures: new Counter({
      name: 'failures_total',
      help: 'Errors of ours, by place',
      labelNames: ['place'],
      registers,
    }),
    outboxAgeSeconds: new Gauge({
      name: 'outbox_age_seconds',
      help: 'Age of the oldest event without a number',
      labelNames: ['world'],
      registers,
    }),
    jobs: new Gauge({ name: 'jobs', help: 'Jobs by state', labelNames: ['world', 'state'], registers }),
    ledgerImbalance: new Gauge({
      name: 'ledger_imbalance',
      help: 'Sum over all books; must be 0',
      labelNames: ['world', 'currency'],
      registers,
    }),
    memoryBytes: new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Resident memory',
      registers,
      collect() {
        this.set(process.memoryUsage.rss());
      },
    }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
