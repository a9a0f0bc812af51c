// Which modules come in one file. Over HTTP/1.1 six files come at a time, and each further one costs a slow phone a round
// trip: what the buyer's page shares with others is one file, what all faces behind the log-in share a second one.

import { FACES, type Face } from './src/faces.ts';

/** What the bundler knows of its modules. */
export type Graph = {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
};

/** Runs on every page. */
const START = 'src/main.tsx';
const LIGHTEST = 'src/buyer/face.tsx';
const STAFF = (FACES as readonly Face[])
  .filter(({ isStaff }) => isStaff)
  .map(({ id }) => `src/${id}/face.tsx`);

/** `root`: the folder of the web, with a slash at its end. Answers the chunk's name, null to leave it to the bundler. */
export function chunksBelow(root: string): (id: string, graph: Graph) => string | null {
  let shared: { readonly base: ReadonlySet<string>; readonly staff: ReadonlySet<string> } | undefined;
  return (id, graph) => {
    // Asked when all modules are known, so once is enough.
    shared ??= sharedBelow(root, graph);
    if (shared.base.has(id)) return 'base';
    return shared.staff.has(id) ? 'staff' : null;
  };
}

function sharedBelow(root: string, graph: Graph) {
  const own = root + LIGHTEST.slice(0, LIGHTEST.lastIndexOf('/') + 1);
  const isScript = (id: string) => !id.endsWith('.css');
  const lightest = [START, LIGHTEST].flatMap((entry) => [...atOnce(root + entry, graph)]);
  const base = new Set(lightest.filter((id) => isScript(id) && id !== root + START && !id.startsWith(own)));
  const [first = new Set<string>(), ...others] = STAFF.map((face) => atOnce(root + face, graph));
  const staff = [...first].filter((id) => others.every((face) => face.has(id)));
  return { base, staff: new Set(staff.filter((id) => isScript(id) && !base.has(id))) };
}

/** A module and all that it imports at once; what it imports later is left out. */
function atOnce(entry: string, graph: Graph): Set<string> {
  const seen = new Set<string>();
  const visit = (id: string) => {
    if (seen.has(id)) return;
    const found = graph.getModuleInfo(id);
    if (found === null) throw new Error(`the build has no ${id}`);
    seen.add(id);
    for (const needed of found.importedIds) visit(needed);
  };
  visit(entry);
  return seen;
}
