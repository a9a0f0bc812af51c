import type { Screen } from '../ground/screen.ts';

const as = 'point_staff';

export const POINT_SCREENS: readonly Screen[] = [
  { name: 'point-today', path: '/point?at={counter}', as, ready: 'li a' },
  { name: 'point-take-in', path: '/point/take-in?number=PT100003&at={counter}', as, ready: 'fieldset' },
  {
    name: 'point-hand-out',
    path: '/point/hand-out?parcel={point_overdue}&at={counter}',
    as,
    ready: 'fieldset',
  },
  { name: 'point-shelf', path: '/point/shelf?at={counter}', as, ready: 'li a' },
  { name: 'point-parcel', path: '/point/parcels/{point_overdue}?at={counter}', as, ready: 'ol' },
  { name: 'point-overdue', path: '/point/overdue?at={counter}', as, ready: 'li a' },
  { name: 'point-returns', path: '/point/returns?at={counter}', as, ready: 'li' },
  {
    name: 'point-unread',
    path: '/point/returns/unread?code=7K3M-PQ9C&at={counter}',
    as,
    ready: 'fieldset',
  },
  { name: 'point-hand-over', path: '/point/returns/hand-over?at={counter}', as, ready: 'li a' },
  { name: 'point-mailings', path: '/point/mailings?at={counter}', as, ready: 'li button' },
  { name: 'point-capacity', path: '/point/capacity?at={counter}', as, ready: 'li' },
  { name: 'point-earnings', path: '/point/earnings?at={counter}', as, ready: 'h2' },
  { name: 'point-conflicts', path: '/point/conflicts?at={counter}', as, ready: 'textarea' },
  { name: 'point-me', path: '/point/me?at={counter}', as, ready: 'h2' },
];
