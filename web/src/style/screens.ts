import type { Screen } from '../ground/screen.ts';

export const STYLE_SCREENS: readonly Screen[] = [
  { name: 'style', path: '/style', ready: 'canvas.maplibregl-canvas' },
];
