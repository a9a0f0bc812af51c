import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/index.ts';
import { idSchema, instantSchema } from '../kernel/index.ts';

const about = { programmeId: idSchema('prg'), organisationId: idSchema('org'), occurredAt: instantSchema };

export const ProgrammeOpened = defineEvent(
  'ProgrammeOpened',
  'programme.opened',
  z.object({ ...about, validFrom: instantSchema, validTo: instantSchema.optional() }),
);
export const ProgrammeEnded = defineEvent(
  'ProgrammeEnded',
  'programme.ended',
  z.object({ ...about, validTo: instantSchema }),
);

export const PROGRAMME_EVENTS = [ProgrammeOpened, ProgrammeEnded] as const;
