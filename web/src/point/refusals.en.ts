import { words as atHome } from '../words/refusals.en.ts';

/** What is said as well to somebody at a counter as to somebody at home. */
const {
  address_invalid,
  conflict,
  forbidden,
  idempotency_in_flight,
  invalid_request,
  malformed_json,
  malformed_request,
  method_not_allowed,
  phone_malformed,
  phone_masked,
  rate_limited,
  unavailable,
} = atHome;

/** What a clerk is told when the server refuses an intake or a hand-out; `{detail}`: its own text, where numbers are in it. */
export const words = {
  address_invalid,
  body_too_large: 'That is too much at once. Take smaller pictures or fewer of them.',
  conflict,
  forbidden,
  idempotency_in_flight,
  idempotency_key_reused: 'The page lost track of what was recorded. Load it again and record it anew.',
  idempotency_secret_shown: 'This was done already, and its code was shown once. Load the page again.',
  insufficient_funds:
    'Who ordered it cannot pay for it. Keep the parcel apart and ask who ordered it to top up the wallet.',
  internal:
    'Something went wrong at our end. Try again in a moment; if it stays like this, tell your network the number of the request.',
  invalid_request,
  issuing_fenced: 'No numbers are given out at the moment. Keep the parcel and ask your network.',
  mailing_ceiling_too_low: 'It costs more than was agreed to. Ask the sender whether that is right. {detail}',
  mailing_code_locked: 'Too many wrong mailing codes were typed. Wait an hour, or let another clerk read it.',
  mailing_code_wrong: 'No mailing fits this code. Read it again from the sender’s screen. {detail}',
  mailing_consent_needed:
    'It costs more than the sender agreed to. Ask him, and take it in again with his consent. {detail}',
  mailing_handover_unavailable: 'It cannot be handed over like this. Take it in here at the counter.',
  mailing_identity_missing:
    'The sender’s document has to be seen. Look at it and choose its kind; without one, turn the parcel away.',
  mailing_inspection_incomplete:
    'The parcel was not looked into completely. Answer every check and write the mark; where one does not hold, turn it away.',
  mailing_line_unfit:
    'This line does not take the parcel. Ask for the price again, or turn it away. {detail}',
  mailing_object_reused:
    'This was recorded already with other details. Look among the mailings, or begin anew.',
  mailing_payment_mismatch:
    'The payment is not what is to be collected. Collect exactly that and record it again. {detail}',
  mailing_payment_unfit: 'It cannot be paid like this. The sender pays here.',
  mailing_point_unfit:
    'This point takes no mailings now. Send the sender to another one, or ask your network.',
  mailing_price_changed: 'The price has changed. Tell the sender, and ask for it again. {detail}',
  mailing_price_list_not_shown: 'The price list has to be shown. Show it to the sender and say so.',
  mailing_state_conflict:
    'The mailing has moved on meanwhile. Read its code again; it shows what is possible now.',
  mailing_too_many_open:
    'The sender has as many mailings waiting as he may. He hands one over or cancels one first.',
  mailing_visit_over: 'The code was read too long ago. Read it again.',
  malformed_json,
  malformed_request,
  method_not_allowed,
  no_number_segment: 'There are no numbers of this carrier here. Keep the parcel and ask your network.',
  no_point_fits: 'No point fits. Take it in here without a place held.',
  not_found: 'That is not here, or not any more. Look for it anew.',
  occurred_in_future: 'The clock of this device is fast. Set it right and record it again.',
  occurred_out_of_order:
    'The clock of this device does not fit what happened before. Set it right and record it again.',
  phone_malformed,
  phone_masked,
  pickup_blocked: 'The carrier does not collect at this address. Take it in here.',
  pickup_not_served: 'No courier comes to this address. Take it in here.',
  pickup_window_full: 'This time of the courier is taken. Choose another one.',
  pickup_window_unknown: 'The courier does not offer this time any more. Choose another one.',
  point_closed: 'The point is closed then. Choose another time.',
  point_does_not_serve: 'This point does not take it. Send it to another one.',
  point_full: 'The point is full then. Choose another time or another point.',
  rate_limited,
  return_address_missing:
    'The shop has not said where the goods are to go. Turn them away; the buyer asks the shop.',
  return_checklist_incomplete: 'Not every check is answered. Answer them all for each item.',
  return_code_locked: 'Too many wrong return codes were typed. Wait an hour, or let another clerk read it.',
  return_code_wrong: 'No return fits this code. Read it again from the buyer’s screen. {detail}',
  return_identity_missing: 'The buyer’s document has to be seen. Look at it and choose its kind.',
  return_items_incomplete: 'Every item of the return is to be named once. Look at the list again.',
  return_number_needed: 'The parcel needs a number. Write the one that is stuck on it, and its carrier.',
  return_payment_mismatch:
    'Somebody else pays for the way back. Read the code again: it shows who, and record that.',
  return_picture_limit: 'There are 20 pictures already. No more can be added.',
  return_picture_unknown: 'One of the pictures did not arrive. Take it again.',
  return_picture_unreadable: 'This picture cannot be shown. Take it again, as JPEG or PNG of at most 2 MiB.',
  return_point_unfit: 'This point takes no returns now. Send the buyer to another one, or ask your network.',
  return_state_conflict:
    'The return has moved on meanwhile. Read its code again; it shows what is possible now.',
  return_unread_ended: 'Somebody has finished or settled these goods already. Look at the list of returns.',
  return_unread_misnamed:
    'The device lost track of what was recorded. Load the page again and record these goods anew.',
  return_unread_other: 'These goods belong to another return. Finish the one that their code opened.',
  return_visit_over: 'The code was read too long ago. Read it again.',
  shelf_already_announced: 'This number is at a point already, or on its way to one. Check the number.',
  shelf_cash_at_locker: 'A locker takes no money. Hand it out at the counter of another point.',
  shelf_cash_charged: 'The money for these goods was charged to your network already. It may appeal.',
  shelf_cash_due:
    'The goods are to be paid first. Collect exactly the amount that is shown and say how it was paid.',
  shelf_cash_known: 'What was paid for these goods is on record already. If it is wrong, undo the hand-out.',
  shelf_cash_not_due: 'Nothing is to be paid for these goods. Hand them out without taking money.',
  shelf_code_locked:
    'Too many wrong pick-up codes. A supervisor looks at the recipient’s document and allows codes again.',
  shelf_code_secret: 'This code is the secret of the recipient. He finds it in his notice.',
  shelf_code_wrong: 'The pick-up code is wrong. Ask the recipient for the code in his notice. {detail}',
  shelf_codes_used_up: 'No pick-up code is free in this row. Choose another row or shelf.',
  shelf_consent_missing:
    'The recipient has not agreed to a delivery to this point. Ask him and record his consent.',
  shelf_extended_already: 'It was kept longer once already. It waits until the day that is shown.',
  shelf_fee_due: 'Storage is to be paid first. Collect the fee, or waive it.',
  shelf_friend_unknown:
    'This permission of a friend does not hold: it was used, taken back or is for another parcel. Ask for the pick-up code.',
  shelf_friends_limit:
    'No more friends can be allowed for this parcel. The recipient takes one permission back first.',
  shelf_leased_elsewhere:
    'Another device holds this parcel. Hand it out there, or let that device release it.',
  shelf_notice_limit: 'The recipient was reminded often enough. Try again tomorrow.',
  shelf_place_invalid:
    'This point has no such place. Scan the label of the shelf, or write shelf and row, such as 15-1.',
  shelf_place_taken:
    'Something else is in this compartment. Choose another one, or record that the other parcel was taken out.',
  shelf_point_unknown: 'No parcels are brought to this point now. Ask your network.',
  shelf_proof_needed: 'The link alone is not enough for this. Ask for the pick-up code.',
  shelf_state_conflict: 'The parcel has moved on meanwhile. Look it up again; it shows what is possible now.',
  shelf_supervisor_needed:
    'Only a supervisor may do this. Call staff of your network, or ask for the pick-up code.',
  shelf_try_misnamed: 'The device lost track of what was tried. Load the page again and try once more.',
  shelf_undo_too_late: 'This can no longer be undone. Tell your network what happened; it stays on record.',
  stock_exhausted: 'The numbers of this carrier are used up. Keep the parcel and ask your network.',
  unauthenticated: 'You are not logged in any more. Log in again; what was recorded is kept.',
  unavailable,
  unsupported_media_type: 'This kind of file is not taken. Take the picture as JPEG or PNG.',
} as const;
