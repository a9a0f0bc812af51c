import { pastTheIndex } from '../../network/rulebooks/index.ts';
import { zenith } from '../zenith/parse.ts';

export const acme = [pastTheIndex, zenith];
