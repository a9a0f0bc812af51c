import type { Screen } from '../ground/screen.ts';

export const BUYER_SCREENS: readonly Screen[] = [
  { name: 'buyer-form', path: '/track?number=PRE0000000000' },
  { name: 'buyer-parcel', path: '/t/{buyer_link}', ready: 'canvas[data-drawn="land"]' },
  { name: 'buyer-link-unknown', path: '/t/trk_live_made-up' },
];
