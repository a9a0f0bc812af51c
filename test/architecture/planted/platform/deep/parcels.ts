import { trackingModel } from '../../network/tracking/index.ts';

export const parcelWord = trackingModel;
