import type { Work } from '../../platform/world/index.ts';
import type { BuyerAction } from './contract.ts';
import type { ReturnCommand } from './decide.ts';
import { act, type By, type ReturnOutcome } from './handle.ts';
import type { ReturnCase } from './model.ts';
import type { ReturnPorts } from './ports.ts';

/** What a buyer does with his return, by himself or through his marketplace. In the scope of the owner. */
export function actForBuyer(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  action: BuyerAction,
): Promise<ReturnOutcome> {
  return act(work, ports, ref, by, commandOf(action), (one) => withAction(one, action));
}

function commandOf(action: BuyerAction): ReturnCommand {
  switch (action.action) {
    case 'escalate':
      return { kind: 'escalate', reason: action.reason };
    case 'amend':
      return { kind: 'amend' };
    default:
      return { kind: action.action };
  }
}

function withAction(one: ReturnCase, action: BuyerAction): ReturnCase {
  if (action.action === 'declare_number') {
    const { number, carrierCode } = action;
    return { ...one, parcel: { number, carrierCode, waybillId: undefined, parcelId: undefined } };
  }
  return action.action === 'amend' ? { ...one, wanted: action.wanted } : one;
}
