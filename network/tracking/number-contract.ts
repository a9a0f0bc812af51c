import { z } from 'zod';
import { idSchema, instantSchema } from '../kernel/index.ts';
import { CANDIDATE_REASONS, type Candidate } from '../numbers/index.ts';
import { ParcelStatusName } from './contract.ts';

/** Room for a barcode as a scanner sends it; longer is nobody's number. */
export const numberParams = z.strictObject({ number: z.string().min(1).max(128) });

export const NumberCandidateAnswer = z
  .object({
    number: z.string().meta({ description: 'As the tracking page of the carrier takes it.' }),
    carrier: z.string().meta({ description: 'ups, china_post, s10 for a post of any country, ...' }),
    names: z.object({ en: z.string(), zh: z.string() }),
    format: z.string(),
    checkDigit: z.enum(['ok', 'none']).meta({ description: 'none: the format has no check digit.' }),
    country: z.string().optional().meta({ description: 'Of the post that an S10 number names.' }),
    trackingUrl: z.string().optional(),
    reasons: z.array(z.enum(CANDIDATE_REASONS)),
  })
  .meta({ id: 'NumberCandidate', description: 'Whose number a text may be' });

export const KnownParcelAnswer = z
  .object({
    id: idSchema('pcl'),
    number: z.string(),
    carrierCode: z.string().optional(),
    shipmentId: idSchema('shp').optional(),
    status: ParcelStatusName,
    createdAt: instantSchema,
  })
  .meta({ id: 'KnownParcel' });

export const NumberAnswer = z
  .object({
    input: z.string(),
    candidates: z.array(NumberCandidateAnswer).meta({ description: 'Likeliest first; empty: nobody’s.' }),
    parcels: z
      .array(KnownParcelAnswer)
      .meta({ description: 'Parcels that the caller may see and the number leads to, newest life first.' }),
  })
  .meta({ id: 'NumberIdentification' });

export function candidateAnswer(candidate: Candidate): z.input<typeof NumberCandidateAnswer> {
  const { issuer, format, reasons, ...rest } = candidate;
  return { ...rest, carrier: issuer.code, names: issuer.names, format: format.name, reasons: [...reasons] };
}
