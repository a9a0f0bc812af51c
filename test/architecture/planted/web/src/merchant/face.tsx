import { first } from '../../../platform/deep/first.ts';
import { page } from '../buyer/page.tsx';

export const face = [first, page];
