import type { OpeningHours } from './model.ts';

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const TIMES = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/;

/**
 * Weekly hours as OpenStreetMap writes them, without months and holidays: `Mo-Fr 08:00-12:00,13:00-18:00; Sa 09:00-13:00`
 * or `24/7`. A later rule replaces an earlier one of the same day; `off` closes it. Undefined when it is not that.
 */
export function parseWeeklyHours(text: string): OpeningHours[] | undefined {
  if (text.trim() === '24/7') return everyDay('00:00', '24:00');
  const byDay = new Map<number, OpeningHours[]>();
  for (const rule of text.split(';')) {
    const [dayPart = '', times = '', ...more] = rule.trim().split(/\s+/);
    const days = daysOf(dayPart);
    if (days === undefined || more.length > 0) return undefined;
    const spans = times === 'off' ? [] : times.split(',').map((span) => TIMES.exec(span));
    for (const day of days) {
      const hours: OpeningHours[] = [];
      for (const span of spans) {
        const [, opens, closes] = span ?? [];
        if (opens === undefined || closes === undefined) return undefined;
        hours.push({ day, opens, closes });
      }
      byDay.set(day, hours);
    }
  }
  return [...byDay].sort(([a], [b]) => a - b).flatMap(([, hours]) => hours);
}

function everyDay(opens: string, closes: string): OpeningHours[] {
  return DAYS.map((_, index) => ({ day: index + 1, opens, closes }));
}

function daysOf(text: string): number[] | undefined {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [from, to = from] = part.split('-').map((name) => DAYS.indexOf(name) + 1);
    if (from === undefined || to === undefined || from === 0 || to === 0) return undefined;
    for (let day = from; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}
