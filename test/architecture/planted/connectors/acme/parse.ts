import { pastTheIndex } from '../../network/rulebooks/index.ts';

export const acme = pastTheIndex;
