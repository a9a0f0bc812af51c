import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { type LabelJob, type LabelRejection, MAX_LABELS_PER_JOB } from './content.ts';
import { layoutLabel } from './layout.ts';
import { writePdf } from './pdf-writer.ts';
import type { Sheet } from './sheet.ts';
import { DEFAULT_ZPL_FONT, isZplFont, writeZpl } from './zpl-writer.ts';

/**
 * Renders a job on the calling thread: the label press runs this in a worker. All labels or none: the first that
 * cannot be printed refuses the job and is named by its place (`/contents/3`).
 */
export function renderLabels(job: LabelJob): Outcome<Uint8Array, LabelRejection> {
  if (job.contents.length === 0 || job.contents.length > MAX_LABELS_PER_JOB) {
    return refused('label_not_printable', `one job prints 1 to ${MAX_LABELS_PER_JOB} labels`);
  }
  const font = job.zplFont ?? DEFAULT_ZPL_FONT;
  if (!isZplFont(font)) return refused('label_not_printable', 'the printer font is named like E:SIMSUN.TTF');
  const sheets: Sheet[] = [];
  for (const [index, content] of job.contents.entries()) {
    const laid = layoutLabel(content, job.size, job.dpi ?? 203);
    if (!laid.ok) {
      const { code, detail } = laid.rejection;
      return refused(code, detail, [{ pointer: `/contents/${index}`, code, message: detail }]);
    }
    sheets.push(laid.value);
  }
  return accepted(job.format === 'pdf' ? writePdf(sheets, job.createdAt) : writeZpl(sheets, font));
}
