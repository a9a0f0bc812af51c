import { BRAZIL_LINES } from './lines-brazil.data.ts';
import { CHINA_LINES } from './lines-china.data.ts';
import { CROSS_BORDER_LINES } from './lines-cross-border.data.ts';
import { EUROPE_LINES } from './lines-europe.data.ts';
import type { ServiceLine } from './model.ts';

/** Every line that the product brings. Operators add, end and re-price lines; none is ever deleted. */
export const SHIPPED_LINES: readonly ServiceLine[] = [
  ...CHINA_LINES,
  ...CROSS_BORDER_LINES,
  ...EUROPE_LINES,
  ...BRAZIL_LINES,
];
