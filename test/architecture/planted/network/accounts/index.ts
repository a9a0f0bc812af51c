import { trackingModel } from '../tracking/index.ts';

export { accountsModel } from './model.ts';
export const upward = trackingModel;
