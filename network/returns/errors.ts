import type { Catalogue } from '../kernel/index.ts';

export const RETURN_ERRORS = {
  return_state_conflict: {
    status: 409,
    title: 'The return is not in a state for this',
    advice: 'Read it; its state and its clock say what may follow.',
  },
  return_order_not_found: {
    status: 404,
    title: 'Nothing fits these details',
    advice: 'Check the order number and the e-mail address or the last four digits of the phone.',
  },
  return_order_not_delivered: {
    status: 422,
    title: 'The order was not delivered yet',
    advice: 'Wait for the delivery, or ask for a refund only.',
  },
  return_window_over: {
    status: 422,
    title: 'The time for returns is over',
    advice: 'Ask the seller; he may still agree outside of the network.',
  },
  return_reason_unknown: {
    status: 422,
    title: 'There is no such reason for this kind of return',
    advice: 'Take a reason of the portal or of the rulebook return_policy.',
  },
  return_goods_excluded: {
    status: 422,
    title: 'These goods cannot be returned',
    advice:
      'Goods of this class are excluded for reasons that are the buyer\u2019s own; say so if they are faulty.',
  },
  return_line_unknown: {
    status: 422,
    title: 'The order has no such line',
    advice: 'Lines count from 1 in the order of the goods; name each at most once.',
  },
  return_quantity_exceeded: {
    status: 422,
    title: 'More would be returned than was ordered',
    advice: 'Read the returns of this order; withdraw one or ask for less.',
  },
  return_pictures_missing: {
    status: 422,
    title: 'This reason needs a picture',
    advice: 'Send a picture for the order first and name its id.',
  },
  return_picture_unknown: {
    status: 422,
    title: 'There is no such picture here',
    advice: 'Send pictures first and name the ids that were answered.',
  },
  return_picture_limit: {
    status: 422,
    title: 'There are too many pictures',
    advice: 'At most 20 pictures may be sent for one order.',
  },
  return_unread_misnamed: {
    status: 409,
    title: 'The device has given this name to other goods',
    advice: 'Give each record a client_id of its own; the same one only when the same is told again.',
  },
  return_unread_ended: {
    status: 409,
    title: 'These goods are not waiting to be looked at',
    advice: 'List what is open at the point; somebody has finished or settled this one.',
  },
  return_unread_other: {
    status: 409,
    title: 'These goods were matched to another return',
    advice:
      'Finish the return that their code opened (`return_id` of the list), or leave `unread_return_id` out if these are other goods.',
  },
  return_picture_unreadable: {
    status: 422,
    title: 'This is no picture that we can show',
    advice: 'Send a whole JPEG or PNG of at most 2 MiB.',
  },
  return_object_reused: {
    status: 409,
    title: 'This object id was used for another application',
    advice: 'Choose an object id of your own for each application.',
  },
  return_address_missing: {
    status: 422,
    title: 'Nobody knows where the goods are to go',
    advice: 'The merchant adds an address with PUT /v1/return-settings; the buyer may call the platform.',
  },
  return_route_unavailable: {
    status: 422,
    title: 'This way of returning is not open',
    advice: 'Ask for the options again and choose one of them.',
  },
  return_code_wrong: {
    status: 422,
    title: 'This code opens nothing here',
    advice: 'Read it again from the buyer\u2019s screen; after five wrong codes the counter waits an hour.',
  },
  return_code_locked: {
    status: 422,
    title: 'Too many wrong codes',
    advice: 'Wait until the hour is over; the detail says when it is.',
  },
  return_visit_over: {
    status: 422,
    title: 'The code was read too long ago',
    advice: 'Read the buyer\u2019s code again; two hours are enough to look and weigh.',
  },
  return_point_unfit: {
    status: 422,
    title: 'This point takes no returns',
    advice: 'Name a point of yours that has the service and works now.',
  },
  return_identity_missing: {
    status: 422,
    title: 'The market asks to see a document here',
    advice: 'Look at the document and give its kind; its number is never stored.',
  },
  return_checklist_incomplete: {
    status: 422,
    title: 'The parcel was not looked at completely',
    advice: 'Answer every check of the list for each item.',
  },
  return_payment_mismatch: {
    status: 422,
    title: 'The freight is not paid like this',
    advice: 'The look-up of the code says who pays: collect it, mark it insured or leave it to the seller.',
  },
  return_items_incomplete: {
    status: 422,
    title: 'Each item is to be named once',
    advice: 'Answer for every line of the return, and for no other.',
  },
  return_number_needed: {
    status: 422,
    title: 'The return parcel has no number',
    advice: 'Give the number and carrier of the parcel; the network has no stock of numbers for it.',
  },
  return_refund_too_high: {
    status: 422,
    title: 'More would be refunded than was paid',
    advice: 'Give at most what each item cost.',
  },
  return_insured_already: {
    status: 409,
    title: 'The way back of this order is insured',
    advice: 'One insurance for each order is enough; read the return to see what it covers.',
  },
  return_claim_conflict: {
    status: 409,
    title: 'The claim is not in a state for this',
    advice: 'A claim is reported, then accepted, then paid; each once.',
  },
  return_grade_unexplained: {
    status: 422,
    title: 'A grade that is not OK needs a reason',
    advice: 'Give a reason for each item that is not OK, and none for the others.',
  },
} as const satisfies Catalogue;
export type ReturnErrorCode = keyof typeof RETURN_ERRORS;
