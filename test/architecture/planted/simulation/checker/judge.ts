import { trackingModel } from '../../network/tracking/index.ts';
import { client } from '../../sdk/src/client.ts';

export const judge = [client, trackingModel];
