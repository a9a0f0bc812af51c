import type { words as english } from './fence-words.en.ts';

export const words = {
  title: '单号已停止发放',
  'reason.marks_missing': '数据库之外的发号记录缺失。',
  'reason.other_database': '当前数据库不是此前发号的数据库。',
  'reason.behind_marks': '数据库落后于外部发号记录：它由备份恢复而来。',
  'reason.segment_missing': '数据库缺少曾经发号的号段：它由备份恢复而来。',
  meaning: '已印在面单上的单号可能被重复发放。确认之前，商家无法购买需要单号的服务。',
  ask: '确认恢复',
  explain:
    '所有已租用的号块将作废，各号段从最后发放的单号之后继续，作废的单号不再使用。请确认没有其他服务器仍在用旧数据库发号。',
  segments: '已使用的号段',
  carrier: '承运商',
  range: '范围',
  next: '数据库将从此继续',
  marked: '已发放至',
  lost: '未知',
  used_up_to: '{carrier}（自 {from}）可能已印出的最后序号',
  used_up_to_hint: '以最新的面单或报表为准，宁大勿小。',
  sure: '旧数据库已不再发号。',
  do: '确认并恢复发号',
  done: '已恢复发号，作废 {blocks, plural, other {# 个号块}}。',
} as const satisfies Record<keyof typeof english, string>;
