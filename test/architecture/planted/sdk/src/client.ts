import { parcelWord } from '../../platform/deep/parcels.ts';

export const client = parcelWord;
