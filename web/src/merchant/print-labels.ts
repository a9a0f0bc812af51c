import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { openFile } from '../ground/files.ts';

export type LabelSize = components['schemas']['Label']['size'];
export const LABEL_SIZES: readonly LabelSize[] = ['100x150mm', '76x130mm', '100x180mm', '4x6in'];

/** One document with the labels of all waybills; each counts as a print. */
async function drawLabels(
  waybillIds: readonly string[],
  format: 'pdf' | 'zpl',
  size: LabelSize,
): Promise<Blob> {
  const { id } = await api.post('/v1/labels', { body: { waybill_ids: [...waybillIds], format, size } });
  return api.get('/v1/labels/{label_id}', {
    params: { path: { label_id: id } },
    parseAs: 'blob',
  }) as Promise<Blob>;
}

/** Opens the labels as PDF in a window of the browser, which prints them. */
export const printOnPaper = (waybillIds: readonly string[], size: LabelSize): Promise<void> =>
  openFile(() => drawLabels(waybillIds, 'pdf', size));

/** The labels in ZPL, one text for each waybill, for a label printer. */
export async function labelsAsZpl(
  waybillIds: readonly string[],
  size: LabelSize,
): Promise<readonly { readonly id: string; readonly zpl: string }[]> {
  const drawn: { id: string; zpl: string }[] = [];
  for (const id of waybillIds) drawn.push({ id, zpl: await (await drawLabels([id], 'zpl', size)).text() });
  return drawn;
}
