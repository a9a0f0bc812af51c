/** Operations: the fence of waybill numbers after a restore. */
export const words = {
  title: 'No numbers are given out',
  'reason.marks_missing': 'The record of given numbers, kept outside the database, is missing.',
  'reason.other_database': 'This is another database than the one that gave out numbers before.',
  'reason.behind_marks': 'The database is behind the record outside: it was restored from a backup.',
  'reason.segment_missing':
    'The database lacks a range that numbers were given out from: it was restored from a backup.',
  meaning:
    'Numbers that are on labels already could be given out again. Merchants can buy nothing that needs one until this is confirmed.',
  ask: 'Confirm the restore',
  explain:
    'Every block that was leased is burned, and each range goes on behind its last given number. Burned numbers are never used. Make sure that no other server still gives out numbers from the old database.',
  segments: 'Used ranges',
  carrier: 'Carrier',
  range: 'Range',
  next: 'The database would go on at',
  marked: 'Given out up to',
  lost: 'Not known',
  used_up_to: 'Last serial of {carrier} from {from} that may be on a label',
  used_up_to_hint: 'From the newest label or report that you find; rather too high.',
  sure: 'The old database gives out nothing any more.',
  do: 'Confirm, and give out numbers again',
  done: 'Numbers are given out again. {blocks, plural, one {# block was burned.} other {# blocks were burned.}}',
} as const;
