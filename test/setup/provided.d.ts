import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address (database `postgres`) of the cluster that test/setup/cluster.ts brought up. */
    adminUrl: string;
  }
}
