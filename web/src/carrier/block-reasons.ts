/** Why a door or postcode is not served, and why a customer is not (network/pickups/model.ts). */
export const DOOR_REASONS = [
  'need_swipe_card',
  'security_refuse',
  'unit',
  'factory',
  'urban_village',
  'village',
  'transit_warehouse',
  'collection_point',
  'school',
  'other',
] as const;
export const CUSTOMER_REASONS = [
  'malicious_orders',
  'malicious_complaints',
  'extortion',
  'abuse',
  'other',
] as const;
export type DoorReason = (typeof DOOR_REASONS)[number];
export type CustomerReason = (typeof CUSTOMER_REASONS)[number];
