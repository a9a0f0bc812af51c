import type { Return } from './parts.tsx';

/** What is read anew after an act: lists and the return itself. */
export const RETURN_TOUCHES = [['returns']];
export const returnPath = (of: Return) => ({ path: { return_id: of.id } });
