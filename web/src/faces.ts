/**
 * The faces, each with the addresses that it answers. One line makes a face: the build gives it an entry chunk and a
 * page, the server answers its addresses, and `main.tsx` loads it.
 */
export type Face = {
  readonly id: string;
  /** Addresses as the server's router writes them; `/*` is everything below. */
  readonly paths: readonly string[];
  /** Opens without a network and can be put on a home screen: `/<id>.webmanifest` and the service worker. */
  readonly isField?: boolean;
  /** Stands behind the log-in, at a desk, in the frame of ground/shell.tsx. */
  readonly isStaff?: boolean;
  /**
   * What its first screen reads, by the address that shows it (`*`: all of the face): GETs that public/boot.js sends
   * before the scripts are here, written as the screen will ask.
   */
  readonly early?: Readonly<Record<string, readonly string[]>>;
};

const SESSION = { '*': ['/v1/sessions/current'] };

export const FACES = [
  { id: 'login', paths: ['/', '/login', '/invitation'] },
  { id: 'style', paths: ['/style'] },
  { id: 'buyer', paths: ['/track', '/t/:token'] },
  { id: 'returns', paths: ['/returns'] },
  { id: 'mailing', paths: ['/mail'] },
  { id: 'operations', paths: ['/operations', '/operations/*'], isStaff: true, early: SESSION },
  {
    id: 'merchant',
    paths: ['/merchant', '/merchant/*'],
    isStaff: true,
    early: {
      ...SESSION,
      '/merchant': [
        '/v1/wallets',
        '/v1/orders?state=open&limit=6',
        ...['pickup_failed', 'inbound_rejected', 'outbound_failed'].map(
          (state) => `/v1/shipments?state=${state}&limit=6`,
        ),
      ],
    },
  },
  { id: 'courier', paths: ['/courier', '/courier/*'], isField: true },
  { id: 'marketplace', paths: ['/marketplace', '/marketplace/*'], isStaff: true, early: SESSION },
  { id: 'warehouse', paths: ['/warehouse', '/warehouse/*'], isField: true },
  { id: 'point', paths: ['/point', '/point/*'], isField: true },
  { id: 'point-network', paths: ['/network', '/network/*'], isStaff: true, early: SESSION },
  { id: 'carrier', paths: ['/carrier', '/carrier/*'], isStaff: true, early: SESSION },
] as const satisfies readonly Face[];

export type FaceId = (typeof FACES)[number]['id'];

/** The face of an address: the longest pattern that fits; undefined when there is none. */
export function faceOf(path: string, faces: readonly Face[] = FACES): string | undefined {
  let best: { id: string; length: number } | undefined;
  for (const { id, paths } of faces)
    for (const pattern of paths)
      if (fits(pattern, path) && pattern.length > (best?.length ?? 0)) best = { id, length: pattern.length };
  return best?.id;
}

function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('/');
  const given = path.split('/');
  if (parts.at(-1) === '*')
    return given.length >= parts.length && parts.slice(0, -1).every((part, at) => isPart(part, given[at]));
  return parts.length === given.length && parts.every((part, at) => isPart(part, given[at]));
}

function isPart(pattern: string, given: string | undefined): boolean {
  return pattern.startsWith(':') ? given !== undefined && given !== '' : pattern === given;
}
