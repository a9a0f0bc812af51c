export { createWorkerPool, type WorkerPool, type WorkerPoolOptions, type WorkerPoolStats } from './pool.ts';
export { type WorkerFailure, WorkerPoolError } from './seat.ts';
export { serveJobs } from './serve.ts';
