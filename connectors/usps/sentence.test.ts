import { expect, it } from 'vitest';
import { namedMeaning, readSentence, refusalIn } from './sentence.ts';

const line = (text: string) => {
  const { stamp, place, meaning } = readSentence(text);
  const where = [place.city, place.region, place.postcode, place.country, place.facility];
  return [stamp?.local ?? '-', meaning.milestone, where.filter((part) => part !== undefined).join('/')].join(
    ' ',
  );
};

it.each([
  [
    'Your item was delivered at 8:10 am on June 01, 2026 in DENVER, CO 80202',
    '2026-06-01T08:10:00 delivered DENVER/CO/80202/US',
  ],
  [
    'Your item has been delivered to the mail room at 1:40 pm on April 22, 2026 in Wilmington DE 19801.',
    '2026-04-22T13:40:00 delivered Wilmington/DE/19801/US',
  ],
  [
    'Your item was delivered to the original sender at 1:40 pm on April 22, 2026 in WACO, TX 76706.',
    '2026-04-22T13:40:00 returned WACO/TX/76706/US',
  ],
  [
    'Your item has been delivered to an agent for final delivery at 1:40 pm on April 22, 2026 in WACO, TX 76706.',
    '2026-04-22T13:40:00 unmapped WACO/TX/76706/US',
  ],
  [
    'Your item arrived at our USPS facility in PHOENIX, AZ 85043 on March 1, 2026 at 10:05 pm. It is on its way.',
    '2026-03-01T22:05:00 unmapped PHOENIX/AZ/85043/US',
  ],
  [
    'Your item is out for delivery on March 2, 2026 at 8:09 am in NEW YORK, NY 10022.',
    '2026-03-02T08:09:00 out_for_delivery NEW YORK/NY/10022/US',
  ],
  ['Enroute, 2/6/2026, 7:28 pm, 33699', '2026-02-06T19:28:00 in_transit_local 33699/US'],
  ['Arrived at Post Office, February 30, 2026, 7:28 pm, 33699', '- in_transit_local 33699/US'],
  // What will be is no scan, and a day without a year is many.
  ['Your item will be delivered at 1:40 pm on April 22, 2026 in WACO, TX 76706.', '- unmapped '],
  ['Your item was delivered at 8:10 am on June 1 in Wilmington DE 19801.', '- unmapped '],
  ['February 5 7:28 pm ENROUTE 33699', '- unmapped '],
  ['Your package is moving within the USPS network.', '- unmapped '],
])('reads %s', (text, read) => {
  expect(line(text)).toBe(read);
});

it('tells a day that it cannot read from none', () => {
  expect(readSentence('February 5 7:28 pm ENROUTE 33699').writtenTime).toBe(
    'February 5 7:28 pm ENROUTE 33699',
  );
  expect(readSentence('Your package is moving within the USPS network.').writtenTime).toBeUndefined();
});

it.each([
  ['Delivered, Front Door/Porch', 'delivered'],
  ['Delivered, To Original Sender', 'returned'],
  ['Delivered, To Agent', 'unmapped'],
  ['Acceptance', 'picked_up'],
  ['Accepted by nobody', 'unmapped'],
  [undefined, 'unmapped'],
])('an event named %s', (name, milestone) => {
  expect(namedMeaning(name).milestone).toBe(milestone);
});

it('knows what stands instead of a status', () => {
  expect(refusalIn('There is no record of that mail item. Please try again later.')).toBe('number_unknown');
  expect(refusalIn('The Postal Service could not locate the tracking information for your request.')).toBe(
    'number_unknown',
  );
  expect(refusalIn('That\u2019s not a valid number.')).toBe('number_invalid');
  expect(refusalIn('Your item was delivered.')).toBeUndefined();
});
