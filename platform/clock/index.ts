export {
  type Clock,
  monotonicMs,
  openWorldClock,
  type WorldClock,
  type WorldClockSetting,
  wallClock,
} from './clock.ts';
