import { expect, test } from 'vitest';
import { decideStep, WAYBILL_STEPS, type WaybillCommand } from './decide.ts';
import { WAYBILL_STATUSES, type WaybillStatus } from './model.ts';

/** Source: domain 12. A dash is a conflict, `scanned` the refusal after the first scan. */
const TABLE = `
                     issued     printed    active        intercepting  intercepted  closed   cancelled  expired
print                printed    printed    active        intercepting  intercepted  -        -          -
update               issued     printed    scanned       scanned       scanned      scanned  -          -
cancel               cancelled  cancelled  scanned       scanned       scanned      scanned  cancelled  -
scan                 active     active     active        intercepting  intercepted  closed   -          active
close                -          -          closed        closed        closed       closed   -          -
expire               expired    expired    scanned       scanned       scanned      scanned  -          expired
request_interception -          -          intercepting  intercepting  -            -        -          -
confirm_interception -          -          -             intercepted   intercepted  -        -          -
end_interception     -          -          active        active        -            -        -          -`;

const [head, ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = rows.flatMap(([command, ...row]) =>
  row.map((cell, index) => ({ command: command!, status: head![index]!, cell })),
);

test.each(cells)('$command of a waybill that is $status gives $cell', ({ command, status, cell }) => {
  const outcome = decideStep(status as WaybillStatus, command as WaybillCommand);
  if (cell === '-')
    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'waybill_state_conflict' } });
  else if (cell === 'scanned')
    expect(outcome).toMatchObject({ ok: false, rejection: { code: 'waybill_already_scanned' } });
  else expect(outcome).toEqual({ ok: true, value: cell });
});

test('the table names every command and every status', () => {
  expect(new Set(head)).toEqual(new Set(WAYBILL_STATUSES));
  expect(new Set(rows.map((row) => row[0]))).toEqual(new Set(Object.keys(WAYBILL_STEPS)));
});
