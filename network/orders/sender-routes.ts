import { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema } from '../kernel/index.ts';
import type { PartyInput } from '../places/index.ts';
import type { Vault } from '../vault/index.ts';
import * as contract from './contract.ts';
import { addSender, changeSender, dropSender } from './handle.ts';
import { listSenders } from './sender-store.ts';
import { presentSenders } from './views.ts';

const TAG = 'orders';
const params = z.strictObject({ senderAddressId: idSchema('snd') });
const resource = { kind: 'sender_address', param: 'senderAddressId' } as const;
const answers = { 200: { description: 'The sender address', body: contract.senderAddressSchema } };

/** Where a merchant ships from: named once, used by its orders. */
export function senderRoutes(vault: Vault): readonly Route[] {
  return [
    writeRoute({
      operation: 'addSenderAddress',
      method: 'POST',
      path: '/v1/sender-addresses',
      tag: TAG,
      summary: 'Add a place that you ship from; the first is the default',
      effect: 'write',
      body: contract.senderAddressInputSchema,
      answers: { 201: { description: 'Added', body: contract.senderAddressSchema } },
      refusals: ['address_invalid', 'phone_malformed', 'phone_masked', 'sender_address_limit'],
      handle: async ({ work, db, now, caller, body }) => {
        const outcome = await addSender(work, caller, { ...body, party: body.party as PartyInput }, vault);
        if (!outcome.ok) return outcome;
        const [view] = await presentSenders({ db, vault, now }, [outcome.value]);
        return accepted(replyWith(201, view));
      },
    }),
    readRoute({
      operation: 'listSenderAddresses',
      method: 'GET',
      path: '/v1/sender-addresses',
      tag: TAG,
      summary: 'Places that you ship from',
      effect: 'read',
      answers: { 200: { description: 'All of them', body: pageSchema(contract.senderAddressSchema) } },
      handle: async ({ db, now, caller }) =>
        accepted(
          replyWith(200, {
            data: await presentSenders({ db, vault, now }, await listSenders(db, caller.organisationId)),
          }),
        ),
    }),
    writeRoute({
      operation: 'changeSenderAddress',
      method: 'PATCH',
      path: '/v1/sender-addresses/:sender_address_id',
      tag: TAG,
      summary: 'Rename it, or make it the default',
      effect: 'write',
      params,
      resource,
      body: contract.senderAddressChangeSchema,
      answers,
      handle: async ({ work, db, now, params, body }) => {
        const outcome = await changeSender(work, params.senderAddressId, body);
        if (!outcome.ok) return outcome;
        const [view] = await presentSenders({ db, vault, now }, [outcome.value]);
        return accepted(replyWith(200, view));
      },
    }),
    writeRoute({
      operation: 'removeSenderAddress',
      method: 'DELETE',
      path: '/v1/sender-addresses/:sender_address_id',
      tag: TAG,
      summary: 'Remove it; orders that were told to ship from it still do',
      effect: 'write',
      params,
      resource,
      answers,
      handle: async ({ work, db, now, params }) => {
        const outcome = await dropSender(work, params.senderAddressId);
        if (!outcome.ok) return outcome;
        const [view] = await presentSenders({ db, vault, now }, [outcome.value]);
        return accepted(replyWith(200, view));
      },
    }),
  ];
}
