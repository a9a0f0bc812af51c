import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

const about = {
  rulebookVersionId: idSchema('rbv'),
  rulebookId: idSchema('rbk'),
  kind: z.string(),
  number: z.int(),
  digest: z.string(),
};

export const RulebookVersionDrafted = defineEvent(
  'RulebookVersionDrafted',
  'rulebook_version.drafted',
  z.object(about),
);
export const RulebookVersionTested = defineEvent(
  'RulebookVersionTested',
  'rulebook_version.tested',
  z.object({ ...about, failures: z.int() }),
);
/** Also published for a version whose dates change because another one was activated. */
export const RulebookVersionActivated = defineEvent(
  'RulebookVersionActivated',
  'rulebook_version.activated',
  z.object({ ...about, validFrom: instantSchema, validTo: instantSchema.optional() }),
);
export const RulebookVersionRetired = defineEvent(
  'RulebookVersionRetired',
  'rulebook_version.retired',
  z.object({ ...about, validFrom: instantSchema.optional(), validTo: instantSchema.optional() }),
);

export const RULEBOOK_EVENTS = [
  RulebookVersionDrafted,
  RulebookVersionTested,
  RulebookVersionActivated,
  RulebookVersionRetired,
] as const;
