import type { PullRequest, TokenGrant } from '../../network/polling/connector-contract.ts';
import { base64 } from './signing.ts';

export const JSON_TYPE = { 'content-type': 'application/json', accept: 'application/json' } as const;
export const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } as const;
export const XML_TYPE = { 'content-type': 'text/xml; charset=UTF-8', accept: 'text/xml' } as const;
export const ACCEPT_JSON = { accept: 'application/json' } as const;

export type Fields = Readonly<Record<string, string>>;

/** The value of a field that the credential must have; it was checked when the credential was stored. */
export const field = (fields: Fields, name: string): string => fields[name] ?? '';

export const basic = (user: string, password: string) => ({
  authorization: `Basic ${base64(`${user}:${password}`)}`,
});
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** `a=1&b=2`, percent-encoded as forms are (HTML, application/x-www-form-urlencoded). */
export const formText = (fields: Fields): string => new URLSearchParams({ ...fields }).toString();
export const segment = (text: string): string => encodeURIComponent(text);

export function getJson(path: string, headers: Fields = {}): PullRequest {
  return { method: 'GET', path, headers: { ...ACCEPT_JSON, ...headers } };
}
export function postJson(path: string, body: object, headers: Fields = {}): PullRequest {
  return { method: 'POST', path, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) };
}
export function postForm(path: string, fields: Fields, headers: Fields = {}): PullRequest {
  return { method: 'POST', path, headers: { ...FORM_TYPE, ...headers }, body: formText(fields) };
}
export function postXml(path: string, body: string, headers: Fields = {}): PullRequest {
  return { method: 'POST', path, headers: { ...XML_TYPE, ...headers }, body };
}

/** Text as the content of an XML element or attribute. */
export function xmlText(text: string): string {
  return text.replaceAll(/[<>&"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** How a carrier wants its client id and secret: as Basic, as fields of a form or of a JSON body. */
export type GrantStyle = 'basic' | 'form' | 'json';

/** A token stays good for an hour where the carrier does not say how long. Our default. */
const USUAL_SECONDS = 3_600;

/** Client credentials by the fields `client_id` and `client_secret`. */
export function clientCredentials(path: string, style: GrantStyle, scope?: string): TokenGrant {
  return {
    request: ({ fields }) => {
      const [id, secret] = [field(fields, 'client_id'), field(fields, 'client_secret')];
      const grant = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
      if (style === 'basic') return postForm(path, grant, { ...basic(id, secret), ...ACCEPT_JSON });
      const whole = { ...grant, client_id: id, client_secret: secret };
      return style === 'json' ? postJson(path, whole) : postForm(path, whole, ACCEPT_JSON);
    },
    read: readToken,
  };
}

export const CLIENT_CREDENTIAL_FIELDS = [
  { name: 'client_id', about: 'client id (API key, consumer key)' },
  { name: 'client_secret', about: 'client secret' },
] as const;

function readToken(answer: string): { token: string; expiresInMs: number } | undefined {
  const told = jsonObject(answer);
  const { access_token: token, expires_in: seconds } = told;
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,8000}$/.test(token)) return undefined;
  // UPS writes the number as text.
  const life = Number(seconds);
  return { token, expiresInMs: (life > 0 ? life : USUAL_SECONDS) * 1_000 };
}

/** The members of a JSON object; none for anything else. */
export function jsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
