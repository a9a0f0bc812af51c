import { z } from 'zod';
import { defineRulebookKind } from '../rulebooks/index.ts';

const fee = z.strictObject({
  shareBasisPoints: z.int().min(0).max(10_000).meta({ description: 'Of what was collected' }),
  minimumMinor: z.int().min(0).max(10_000_000).default(0).meta({ description: 'At least, for each parcel' }),
});
export type CollectionFee = z.output<typeof fee>;

/** What collecting for somebody costs him, and when a week is closed. */
export const codRemittanceSchema = z
  .strictObject({
    fees: z
      .record(z.string().regex(/^[A-Z]{3}$/), fee)
      .meta({ description: 'By currency; without an entry collecting costs nothing' }),
    closeAfterHours: z.int().min(0).max(240).meta({ description: 'After the week’s end, for late news' }),
  })
  .meta({ id: 'CodRemittanceRules' });
export type CodRemittanceDocument = z.output<typeof codRemittanceSchema>;

export const COD_REMITTANCE_KIND = defineRulebookKind<CodRemittanceDocument>({
  kind: 'cod_remittance',
  title: 'Goods paid at counters: what collecting costs and when it is paid on',
  scopes: ['network'],
  schema: codRemittanceSchema,
  runTests: () => [],
});

/** Collecting is free until somebody writes a fee; a day is left for devices that were without a network. Our defaults. */
export const DEFAULT_COD_REMITTANCE: CodRemittanceDocument = { fees: {}, closeAfterHours: 24 };
