/** Which screen shows a thing, by the prefix of its id. */
const SCREENS: Readonly<Record<string, string>> = {
  shp: 'shipments',
  ord: 'orders',
  pcl: 'parcels',
  wal: 'wallets',
  org: 'organisations',
  whk: 'webhooks',
  seg: 'numbers',
};

/** The address of the screen of a thing; undefined when none shows it. */
export function addressOfThing(id: string): string | undefined {
  const screen = SCREENS[/^([a-z]{3})_[0-9a-z]{26}$/.exec(id)?.[1] ?? ''];
  return screen === undefined ? undefined : `/operations/${screen}/${id}`;
}
