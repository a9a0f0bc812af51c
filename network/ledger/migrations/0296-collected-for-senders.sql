-- A counter may collect what the operator owes on to who sent the parcel.
alter table ledger.partner_entry drop constraint partner_entry_counter_kind_check;
alter table ledger.partner_entry add constraint partner_entry_counter_kind_check
  check (counter_kind in ('partner_cost', 'income', 'cod_payable'));
