import { counterCodes } from '../points/index.ts';
import { CODES } from './code-store.ts';

/** The `gotCode` of the field: what a sender shows at the counter or to the courier. */
export const mailingCodes = counterCodes('mailing', CODES);
