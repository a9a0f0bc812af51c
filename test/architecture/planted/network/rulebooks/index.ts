import { accountsModel } from '../accounts/model.ts';
import type { Scanned } from '../tracking/events.ts';

export const pastTheIndex: Scanned = { code: accountsModel };
