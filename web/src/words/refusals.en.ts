/** What people at home are told when the server refuses, by the code of its catalogue. */
export const words = {
  address_invalid:
    'One of the addresses cannot be used as it is written. Mend the fields that are marked and try again.',
  body_too_large: 'That is too much at once. Send less, or a smaller picture.',
  conflict: 'Somebody changed this a moment ago. Load the page again and look at how it is now.',
  forbidden: 'This cannot be done from this page.',
  idempotency_in_flight: 'This is being done already. Wait a moment and load the page again.',
  idempotency_key_reused: 'The page lost track of what was sent. Load it again and try once more.',
  idempotency_secret_shown: 'This was done already, and its code was shown once. Load the page again.',
  internal:
    'Something went wrong at our end. Try again in a moment; if it stays like this, the number of the request below helps whoever looks into it.',
  invalid_request: 'Something that was entered cannot be used. Check it and try again.',
  mailing_ceiling_too_low:
    'It costs more than you agreed to. Go back, ask for the price again and choose anew.',
  mailing_handover_unavailable:
    'It cannot be handed over like this. Choose another counter, another time or any counter.',
  mailing_line_unfit:
    'This line does not take the parcel. Ask for the price again: it shows the lines that do.',
  mailing_not_found:
    'The address of this page opens no mailing any more. If you handed it over, follow it by the number on its receipt; otherwise order anew.',
  mailing_object_reused:
    'This page has ordered something else already. Load it again and order anew; what nobody hands over costs nothing.',
  mailing_payment_unfit: 'It cannot be paid like this. Choose another way to hand it over.',
  mailing_price_changed: 'The price has changed. Go back, ask for it again and choose anew.',
  mailing_state_conflict:
    'The mailing has moved on meanwhile. Load the page again; it shows what is possible now.',
  mailing_too_many_open: 'You have ordered as many mailings as may wait. Hand one over or cancel one first.',
  malformed_json: 'What arrived was not whole. Load the page again and try once more.',
  malformed_request: 'What arrived was not whole. Load the page again and try once more.',
  method_not_allowed: 'This page is older than the server. Load it again.',
  no_point_fits: 'No counter has room for it. Choose another time, or hand it over another way.',
  not_found: 'That is not here, or not any more. Load the page again.',
  phone_malformed:
    'One of the phone numbers cannot be right. It is marked: check it and write it with its country code.',
  phone_masked: 'Digits of a phone number are hidden. It is marked: write the whole number.',
  pickup_blocked: 'The carrier does not collect at this address. Bring it to a counter instead.',
  pickup_not_served: 'No courier comes to this address. Bring it to a counter instead.',
  pickup_window_full: 'This time is taken. Choose another one.',
  pickup_window_unknown: 'This time is not offered any more. Choose another one.',
  point_closed: 'The counter is closed then. Choose another time or another counter.',
  point_does_not_serve: 'This counter does not take it. Choose another one.',
  point_full: 'The counter is full then. Choose another time or another counter.',
  rate_limited: 'Too many tries. Wait a minute and try again.',
  return_address_missing: 'The shop has not said yet where the goods are to go. Ask the shop.',
  return_goods_excluded:
    'These goods cannot be returned because you changed your mind. If they are faulty, choose that reason.',
  return_line_unknown: 'This item is not part of the order. Load the page again.',
  return_object_reused: 'The page lost track of this application. Load it again and apply once more.',
  return_order_not_delivered: 'The order has not been delivered yet. Wait for it, or ask for the money only.',
  return_order_not_found:
    'Nothing fits these details. Check the order number and your e-mail address or the end of your phone number.',
  return_picture_limit: 'At most 20 pictures can be sent for one order.',
  return_picture_unknown: 'One of the pictures did not arrive. Send it again.',
  return_picture_unreadable: 'This picture cannot be shown. Send a JPEG or PNG of at most 2 MiB.',
  return_pictures_missing: 'This reason needs a picture. Add one first.',
  return_quantity_exceeded:
    'More would go back than was ordered. Look at the returns that there are, and ask for fewer.',
  return_reason_unknown: 'This reason is not offered here. Choose another one.',
  return_route_unavailable: 'This way is not open any more. Choose another one.',
  return_state_conflict:
    'The return has moved on meanwhile. Load the page again; it shows what is possible now.',
  return_window_over: 'The time for returns is over. Ask the shop: it may still agree.',
  shelf_extended_already: 'It was kept longer once already. Collect it by the day that is shown.',
  shelf_friend_unknown: 'This permission does not hold any more: it was used or taken back.',
  shelf_friends_limit: 'No more friends can be allowed for this parcel. Take one permission back first.',
  shelf_notice_limit: 'The code was asked for often enough. Try again tomorrow.',
  shelf_proof_needed:
    'The link alone is not enough for this. Enter the last four digits of your phone first.',
  shelf_state_conflict: 'The parcel is not waiting at the point any more, or not yet. Load the page again.',
  status_already_reported:
    'This was reported already. When there is news of the parcel, you can report again.',
  status_step_unknown: 'This entry is not in the history any more. Load the page again and choose it anew.',
  streams_full: 'News do not come by themselves at the moment. The page asks for them now and then.',
  too_many_streams: 'This page is open too often. Close it where nobody reads it.',
  track_not_found: 'No parcel fits. Check the number and the digits, or ask the shop for a new link.',
  unauthenticated: 'This page is not open to you any more. Open the link again.',
  unavailable: 'The server is busy. Try again in a moment.',
  unsupported_media_type: 'This kind of file is not taken. Send a JPEG or PNG.',
} as const;
