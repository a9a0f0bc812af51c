import type { operations } from '@postroad/sdk';
import { everyWord } from '../ground/contract-words.ts';

type Block = operations['createPickupBlock']['requestBody']['content']['application/json'];
export type DoorReason = Extract<Block, { kind: 'address' }>['reason'];
export type CustomerReason = Extract<Block, { kind: 'user' }>['reason'];

/** Why a door or postcode is not served. */
export const DOOR_REASONS = everyWord<DoorReason>({
  need_swipe_card: true,
  security_refuse: true,
  unit: true,
  factory: true,
  urban_village: true,
  village: true,
  transit_warehouse: true,
  collection_point: true,
  school: true,
  other: true,
});
/** Why a customer is not. */
export const CUSTOMER_REASONS = everyWord<CustomerReason>({
  malicious_orders: true,
  malicious_complaints: true,
  extortion: true,
  abuse: true,
  other: true,
});
