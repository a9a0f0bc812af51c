import type { Screen } from '../ground/screen.ts';

const as = 'point_staff';

export const POINT_SCREENS: readonly Screen[] = [
  { name: 'point-today', path: '/point', as, ready: 'li a' },
  { name: 'point-take-in', path: '/point/take-in?number=PT100003', as, ready: 'fieldset' },
  { name: 'point-hand-out', path: '/point/hand-out?parcel={point_overdue}', as, ready: 'fieldset' },
  { name: 'point-shelf', path: '/point/shelf', as, ready: 'li a' },
  { name: 'point-parcel', path: '/point/parcels/{point_overdue}', as, ready: 'ol' },
  { name: 'point-overdue', path: '/point/overdue', as, ready: 'li a' },
  { name: 'point-returns', path: '/point/returns', as, ready: 'li' },
  { name: 'point-hand-over', path: '/point/returns/hand-over', as, ready: 'li a' },
  { name: 'point-capacity', path: '/point/capacity', as, ready: 'li' },
  { name: 'point-earnings', path: '/point/earnings', as, ready: 'h2' },
  { name: 'point-conflicts', path: '/point/conflicts', as, ready: 'textarea' },
  { name: 'point-me', path: '/point/me', as, ready: 'h2' },
];
