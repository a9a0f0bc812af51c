import { newToken } from '../platform/crypto/index.ts';
import { allOf, bodyOf, type DemoApi, demoApi } from './demo-api.ts';
import type { DemoLogIn, DemoPrincipal } from './demo-file.ts';

/** A program of a merchant has keys only. */
const NO_PERSON: ReadonlySet<string> = new Set(['merchant_app']);

/**
 * One person to log in as for each role of the live world, joined by invitation like anybody. Those of an earlier
 * start are kept; their passwords stand in demo.json alone.
 */
export async function inviteDemoPeople(
  baseUrl: string,
  principals: readonly DemoPrincipal[],
  known: readonly DemoLogIn[],
): Promise<readonly DemoLogIn[]> {
  const operator = principals.find((principal) => principal.role === 'operator');
  if (operator === undefined) throw new Error('the demo has no operator');
  const api = demoApi(baseUrl, operator.key);
  const here = new Set((await allOf(api, '/v1/people')).map((person) => String(person.email)));
  const firstOfRole = new Map(principals.toReversed().map((principal) => [principal.role, principal]));
  const logIns: DemoLogIn[] = [];
  for (const [role, principal] of firstOfRole) {
    if (NO_PERSON.has(role)) continue;
    const before = known.find((logIn) => logIn.role === role && here.has(logIn.email));
    logIns.push(before ?? (await join(baseUrl, api, principal, emailFor(role, here))));
  }
  return logIns;
}

/** One that can be read and typed, in a domain that nobody has. A person whose demo.json was lost keeps the plain one. */
export function emailFor(role: string, taken: ReadonlySet<string>): string {
  const name = role.replaceAll('_', '-');
  for (let number = 1; ; number += 1) {
    const email = `${name}${number === 1 ? '' : `-${number}`}@demo.example`;
    if (!taken.has(email)) return email;
  }
}

async function join(
  baseUrl: string,
  api: DemoApi,
  principal: DemoPrincipal,
  email: string,
): Promise<DemoLogIn> {
  const { role } = principal;
  const password = newToken(18);
  const invited = await api.post('/v1/invitations', {
    organisation_id: principal.organisation_id,
    email,
    role,
  });
  const { token } = bodyOf(`invite a ${role}`, invited);
  const accepted = await demoApi(baseUrl, undefined).post('/v1/invitations/acceptance', {
    token,
    name: `Demo ${role.replaceAll('_', ' ')}`,
    password,
  });
  bodyOf(`let the ${role} join`, accepted);
  return { email, password, role };
}
