import type { Verification } from './verify.ts';

/** What each module can prove about its own rows. */
export const MODULE_VERIFICATIONS: readonly Verification[] = [];
