-- Money for goods that a hand-out said nothing of, and nobody recorded afterwards.
alter table commissions.deduction drop constraint deduction_reason_check;
alter table commissions.deduction add constraint deduction_reason_check
  check (reason in ('late_handover', 'lost', 'complaint_upheld', 'wrong_hand_out', 'cash_not_recorded'));
