/** Countries in which lines for persons begin or end, as shipped; a place of another one is told why not. */
export const COUNTRIES = ['AT', 'BE', 'BR', 'CN', 'DE', 'ES', 'FR', 'IT', 'NL', 'PL', 'PT'] as const;

/** What a person says that is inside, by the classes of goods that lines know. */
export const CONTENTS = [
  'normal',
  'breakable',
  'battery_contained',
  'cosmetics_non_liquid',
  'liquid',
  'powder',
  'magnetic',
] as const;
export type Contents = (typeof CONTENTS)[number];
