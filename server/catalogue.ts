import type { Catalogue } from '../network/kernel/index.ts';
import { PLATFORM_ERRORS, STREAM_ERRORS } from '../platform/http/index.ts';
import type { Module } from './module.ts';

/** The error catalogue: the platform's codes and each module's. Throws when two modules use one code differently. */
export function catalogueOf(modules: readonly Module[]): Catalogue {
  const all: Record<string, Catalogue[string]> = { ...PLATFORM_ERRORS, ...STREAM_ERRORS };
  for (const module of modules) {
    for (const [code, entry] of Object.entries(module.errors ?? {})) {
      if (all[code] !== undefined && all[code] !== entry)
        throw new Error(`the error code ${code} of ${module.name} is taken`);
      all[code] = entry;
    }
  }
  return all;
}
