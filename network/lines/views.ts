import type { ServiceLine } from './model.ts';

/** A line without what carriers charge us. */
export type PublicServiceLine = Omit<ServiceLine, 'buying'>;

/** What anybody but the operator may see of a line. */
export function publicView(line: ServiceLine): PublicServiceLine {
  const { buying: _ours, ...shown } = line;
  return shown;
}
