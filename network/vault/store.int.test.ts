import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyRing, randomBytes } from '../../platform/crypto/index.ts';
import { type Database, openDatabase, sql, sqlState } from '../../platform/db/index.ts';
import { createWorld, newId, type Work, type World } from '../../platform/world/index.ts';
import { cloneDatabase } from '../../test/setup/network.ts';
import {
  accepted,
  addMs,
  type CountryCode,
  instant,
  type OrganisationId,
  type PartyRef,
} from '../kernel/index.ts';
import { createVault, type Party } from './index.ts';

const OLD_KEY = randomBytes(32);
const vault = createVault({ keyRing: createKeyRing({ kek: OLD_KEY }) });
const OWNER = newId('org') as OrganisationId;
const OTHER = newId('org') as OrganisationId;

function party(number: number): Party {
  return {
    name: `Person ${number}`,
    phone: `+4930${String(1_000_000 + number)}`,
    email: `p${number}@example.org`,
    address: { country: 'DE' as CountryCode, city: 'Berlin', postcode: '10115', lines: [`Straße ${number}`] },
  };
}

function caller(role: string) {
  return { id: newId('key'), role, organisationId: OWNER };
}

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let database: Database;
let world: World;
let owner: pg.Client;
let time = instant('2026-03-15T12:00:00Z');
beforeAll(async () => {
  clone = await cloneDatabase();
  database = openDatabase({ url: clone.url, role: 'postroad_app' });
  world = createWorld('test', database, { now: () => time });
  // A superuser: what a thief of the database could do.
  owner = new pg.Client({ connectionString: clone.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.close();
  await clone.drop();
});

async function within<T>(
  body: (work: Work) => Promise<T>,
  organisationId: OrganisationId = OWNER,
): Promise<T> {
  const outcome = await world.command({ organisationId }, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

function store(parties: readonly Party[], organisationId: OrganisationId = OWNER): Promise<PartyRef[]> {
  return within((work) => vault.storeParties(work, { organisationId, parties }), organisationId);
}

function reveal(
  ref: PartyRef,
  by: ReturnType<typeof caller>,
  fields: ('name' | 'phone' | 'email')[] = ['name'],
  from = vault,
) {
  return world.command({ organisationId: OWNER }, (work) =>
    from.revealParty(work, by, { organisationId: OWNER, ref, purpose: 'customer_contact', fields }),
  );
}

function masked(ref: PartyRef, profile = 'eu', organisationId: OrganisationId = OWNER) {
  return database.read({ organisationId }, (db) =>
    vault.maskedParties(db, [{ organisationId: OWNER, ref }], { profile, at: time }),
  );
}

test('many parties are stored at once, in order, and the same one again keeps its reference', async () => {
  const parties = Array.from({ length: 300 }, (_, index) => party(index % 100));
  const refs = await store(parties);
  expect(new Set(refs).size).toBe(100);
  expect(refs.slice(0, 100)).toEqual(refs.slice(100, 200));
  expect(await store([party(7), party(1_007)])).toEqual([refs[7], expect.stringMatching(/^pty_/)]);
  expect((await store([party(7)], OTHER))[0]).not.toBe(refs[7]);
  expect((await store([{ ...party(7), name: 'PERSON 7' }]))[0]).not.toBe(refs[7]);
  expect(await store([])).toEqual([]);
  const shown = await masked(refs[42]!);
  expect(shown.get(refs[42]!)).toMatchObject({ name: 'Person 42', phone: expect.stringMatching(/^\*+042$/) });
});

test('the same party stored by many at once is one row', async () => {
  const refs = await Promise.all(Array.from({ length: 8 }, () => store([party(5_000), party(5_001)])));
  expect(new Set(refs.flat()).size).toBe(2);
});

test('the first parties of an organisation, stored by many at once, share one key', async () => {
  const fresh = newId('org') as OrganisationId;
  const refs = await Promise.all(Array.from({ length: 8 }, (_, index) => store([party(index)], fresh)));
  expect(new Set(refs.flat()).size).toBe(8);
  const shown = await database.read({ organisationId: fresh }, (db) =>
    vault.maskedParties(
      db,
      refs.flat().map((ref) => ({ organisationId: fresh, ref })),
      { profile: 'eu', at: time },
    ),
  );
  expect([...shown.values()].map((one) => one.name).sort()).toEqual(
    refs.map((_, index) => `Person ${index}`),
  );
});

test('a new month seals with a new key, and what was stored before stays readable', async () => {
  const [before] = await store([party(9_000)]);
  time = addMs(time, 31 * 86_400_000);
  const [after] = await store([party(9_000)]);
  expect(after).not.toBe(before);
  expect((await masked(before!)).get(before!)?.name).toBe('Person 9000');
  const keys = await owner.query('select purpose from vault.data_key where organisation_id = $1 order by 1', [
    OWNER,
  ]);
  expect(keys.rows.map((row) => row.purpose)).toEqual(['2026-03', '2026-04', 'index']);
  const is = (ref: PartyRef, nth: number, organisationId = OWNER) =>
    database.read({ organisationId }, (db) => vault.isParty(db, { organisationId, ref }, party(nth)));
  expect([await is(before!, 9_000), await is(after!, 9_000), await is(before!, 9_001)]).toEqual([
    ...[true, true, false],
  ]);
  expect(await is(before!, 9_000, OTHER)).toBe(false);
});

test('the mark of a party is the same in every month, and another in another organisation', async () => {
  const mark = (organisationId = OWNER, nth = 9_000) =>
    within((work) => vault.markOf(work, { organisationId, party: party(nth) }), organisationId);
  const first = await mark();
  time = addMs(time, 31 * 86_400_000);
  expect(await mark()).toBe(first);
  expect(await mark(OWNER, 9_001)).not.toBe(first);
  expect(await mark(OTHER)).not.toBe(first);
});

test('a party is told by exact phone, last four digits, e-mail and name, inside one organisation, and never by a mask', async () => {
  const [ref] = await store([
    { ...party(1), phone: '+49 30 765-4321', email: 'Find.Me@Example.org', name: 'Änne  Find' },
  ]);
  const has = (field: 'name' | 'phone' | 'phone_tail' | 'email', text: string, organisationId = OWNER) =>
    database.read({ organisationId }, (db) => vault.partyHas(db, { organisationId, ref: ref! }, field, text));
  expect(await has('phone', '+49307654321')).toBe(true);
  expect(await has('phone_tail', '4321')).toBe(true);
  expect(await has('email', 'find.me@example.ORG')).toBe(true);
  expect(await has('name', 'änne find')).toBe(true);
  expect(await has('phone', '+49307654322')).toBe(false);
  expect(await has('phone', '+49****4321')).toBe(false);
  expect(await has('phone', '+49307654321', OTHER)).toBe(false);
  expect(await has('phone', '1', newId('org') as OrganisationId)).toBe(false);
});

test('one person is known by all of it or by his phone, inside one organisation, until he is erased', async () => {
  const [one, moved, other, silent, twin] = await store([
    { ...party(30_001), phone: '+49 30 7650001' },
    { ...party(30_002), phone: '+4930 765 0001' },
    { ...party(30_003), phone: '+49 30 7650003' },
    ...[0, 1].map(() => ({ ...party(30_004), phone: '' })),
  ]);
  const same = async (ref: typeof one, organisationId = OWNER) =>
    database.read({ organisationId }, (db) =>
      vault.samePerson(db, { organisationId, ref: ref! }, [one!, moved!, other!, silent!, twin!]),
    );
  expect(await same(one)).toEqual(new Set([one, moved]));
  expect(await same(other)).toEqual(new Set([other]));
  expect(await same(silent)).toEqual(new Set([silent, twin]));
  expect(await same(one, OTHER)).toEqual(new Set());
  await within((work) =>
    vault.eraseParty(work, caller('merchant_admin'), {
      organisationId: OWNER,
      ref: moved!,
      purpose: 'data_subject_request',
    }),
  );
  expect(await same(one)).toEqual(new Set([one]));
  expect(await same(moved)).toEqual(new Set());
});

test('altered ciphertext, swapped rows and a swapped month are refused', async () => {
  const [one, two] = await store([party(20_001), party(20_002)]);
  const swap = `update vault.party p set sealed = o.sealed from vault.party o
    where p.party_id = any($1) and o.party_id = any($1) and p.party_id <> o.party_id`;
  await owner.query(swap, [[one, two]]);
  await expect(masked(one!)).rejects.toMatchObject({ fault: 'not_authentic' });
  await expect(reveal(one!, caller('merchant_admin'))).rejects.toMatchObject({ fault: 'not_authentic' });
  await owner.query(swap, [[one, two]]);
  expect((await masked(one!)).get(one!)?.name).toBe('Person 20001');
  const flip = `update vault.party set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where party_id = $1`;
  await owner.query(flip, [two]);
  await expect(masked(two!)).rejects.toMatchObject({ fault: 'not_authentic' });
  await owner.query(flip, [two]);
  await owner.query(`update vault.party set key_purpose = '2026-03' where party_id = $1`, [two]);
  await expect(masked(two!)).rejects.toMatchObject({ fault: 'not_authentic' });
  await owner.query(`update vault.party set key_purpose = '2026-04' where party_id = $1`, [two]);
});

test('another organisation’s scope sees no party, and the tables refuse what is not theirs to do', async () => {
  const [ref] = await store([party(3)]);
  expect((await masked(ref!, 'eu', OTHER)).size).toBe(0);
  const tried = await Promise.all(
    [
      sql`delete from vault.party`,
      sql`delete from vault.data_key`,
      sql`update vault.audit_entry set purpose = 'claim'`,
      sql`delete from vault.audit_entry`,
    ].map((query) =>
      database
        .transaction({ organisationId: OWNER }, async (db) => ({ keep: true, value: await db.run(query) }))
        .then(() => 'done', sqlState),
    ),
  );
  expect(tried).toEqual(['42501', '42501', '42501', '42501']);
  await expect(masked(ref!, 'no_such_profile')).rejects.toThrow(RangeError);
});

test('reveals make a chain: one altered, removed, or cut off at the end is found', async () => {
  const [ref] = await store([party(4)]);
  for (let count = 0; count < 3; count += 1)
    expect((await reveal(ref!, caller('merchant_admin'))).ok).toBe(true);
  const verify = () => database.read({ organisationId: OWNER }, (db) => vault.verifyAuditChain(db, OWNER));
  const { entries, brokenAt } = await verify();
  expect([entries >= 3, brokenAt]).toEqual([true, undefined]);
  const damage: [string, string, number][] = [
    [
      `update vault.audit_entry set fields = '{email}' where sequence = $1`,
      `update vault.audit_entry set fields = '{name}' where sequence = $1`,
      2,
    ],
    [
      `update vault.audit_entry set sequence = 1000 where sequence = $1`,
      `update vault.audit_entry set sequence = $1 where sequence = 1000`,
      2,
    ],
    [
      `update vault.audit_entry set organisation_id = 'gone' where sequence = $1`,
      `update vault.audit_entry set organisation_id = '${OWNER}' where sequence = $1`,
      entries,
    ],
  ];
  for (const [hurt, heal, sequence] of damage) {
    await owner.query(hurt, [sequence]);
    expect((await verify()).brokenAt, hurt).toBe(hurt.includes('gone') ? entries : sequence);
    await owner.query(heal, [sequence]);
    expect((await verify()).brokenAt).toBeUndefined();
  }
});

test('64 reveals at once make a chain without gaps', async () => {
  const [ref] = await store([party(6)]);
  const before = await database.read({ organisationId: OWNER }, (db) => vault.verifyAuditChain(db, OWNER));
  const outcomes = await Promise.all(
    Array.from({ length: 64 }, () => reveal(ref!, caller('merchant_admin'))),
  );
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  const after = await database.read({ organisationId: OWNER }, (db) => vault.verifyAuditChain(db, OWNER));
  expect(after).toEqual({ entries: before.entries + 64, brokenAt: undefined });
});

test('a role’s quota holds in every hour, also when all come at once, and frees itself after it', async () => {
  const [ref] = await store([party(8)]);
  const clerk = caller('merchant_clerk');
  const outcomes = await Promise.all(Array.from({ length: 70 }, () => reveal(ref!, clerk)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(60);
  const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.rejection.code]));
  expect(new Set(refusals)).toEqual(new Set(['reveal_quota_exhausted']));
  expect((await reveal(ref!, caller('merchant_clerk'))).ok).toBe(true);
  time = addMs(time, 3_600_000);
  expect((await reveal(ref!, clerk)).ok).toBe(true);
});

test('a reveal answers the fields asked for and no others; unknown parties and other roles are refused', async () => {
  const [ref] = await store([party(10)]);
  const outcome = await reveal(ref!, caller('merchant_admin'), ['phone', 'phone', 'name']);
  expect(outcome.ok && outcome.value.party).toEqual({ name: 'Person 10', phone: '+49301000010' });
  const missing = await reveal(newId('pty'), caller('merchant_admin'));
  expect(missing.ok ? '' : missing.rejection.code).toBe('not_found');
  for (const role of ['auditor', 'finance', 'buyer', 'anonymous', 'constructor']) {
    const refusal = await reveal(ref!, caller(role));
    expect(refusal.ok ? '' : refusal.rejection.code, role).toBe('reveal_not_allowed');
  }
});

test('an erased party is gone from the row and the indexes; its reference and its audit stay', async () => {
  const [ref] = await store([party(11)]);
  const erase = () =>
    within((work) =>
      vault.eraseParty(work, caller('merchant_admin'), {
        organisationId: OWNER,
        ref: ref!,
        purpose: 'data_subject_request',
      }),
    );
  expect([await erase(), await erase()]).toEqual([true, false]);
  expect((await masked(ref!)).get(ref!)).toEqual({ ref, isErased: true, name: '***' });
  const refusal = await reveal(ref!, caller('merchant_admin'));
  expect(refusal.ok ? '' : refusal.rejection.code).toBe('party_erased');
  const row = await owner.query(`select * from vault.party where party_id = $1`, [ref]);
  expect(Object.entries(row.rows[0]).filter(([, value]) => value instanceof Uint8Array)).toEqual([]);
  expect((await store([party(11)]))[0]).not.toBe(ref);
});

test('data keys move under a new KEK in batches; then the old one is not needed and the new one opens all', async () => {
  const [ref] = await store([party(12)]);
  const newKey = randomBytes(32);
  const both = createVault({
    keyRing: createKeyRing({
      kek: [
        { version: 1, key: OLD_KEY },
        { version: 2, key: newKey },
      ],
    }),
  });
  const onlyNew = createVault({ keyRing: createKeyRing({ kek: [{ version: 2, key: newKey }] }) });
  await expect(database.read('network', (db) => onlyNew.assertKeyRingFits(db))).rejects.toMatchObject({
    fault: 'unknown_key_version',
  });
  let moved = 0;
  for (;;) {
    const outcome = await world.command('network', async (work) =>
      accepted(await both.rewrapDataKeys(work, 2)),
    );
    if (!outcome.ok || outcome.value === 0) break;
    expect(outcome.value).toBeLessThanOrEqual(2);
    moved += outcome.value;
  }
  expect(moved).toBeGreaterThan(2);
  await database.read('network', (db) => onlyNew.assertKeyRingFits(db));
  expect((await reveal(ref!, caller('merchant_admin'), ['name'], onlyNew)).ok).toBe(true);
  const wrong = createVault({ keyRing: createKeyRing({ kek: [{ version: 2, key: randomBytes(32) }] }) });
  await expect(database.read('network', (db) => wrong.assertKeyRingFits(db))).rejects.toMatchObject({
    fault: 'not_authentic',
  });
  // The rest of this file goes on with the first vault, which knows its key as version 1.
  await owner.query('delete from vault.party');
  await owner.query('delete from vault.data_key');
});

test('a blob opens under its own name and owner only', async () => {
  const bytes = Buffer.from('%PDF label of somebody');
  const blob = { organisationId: OWNER, name: 'wbl_1/label.pdf' };
  const sealed = await within((work) => vault.sealBlob(work, { ...blob, bytes }));
  expect(Buffer.from(sealed).includes('somebody')).toBe(false);
  const open = (name: string, organisationId: OrganisationId, what: Uint8Array = sealed) =>
    database.read({ organisationId }, (db) => vault.openBlob(db, { organisationId, name, sealed: what }));
  expect(Buffer.from(await open(blob.name, OWNER))).toEqual(bytes);
  await store([party(1)], OTHER);
  for (const [name, by, what] of [
    ['wbl_2/label.pdf', OWNER, sealed],
    [blob.name, OTHER, sealed],
    [blob.name, OWNER, sealed.subarray(0, sealed.length - 1)],
    [blob.name, OWNER, Buffer.from('%PDF')],
    [blob.name, OWNER, new Uint8Array()],
  ] as const) {
    await expect(open(name, by, what)).rejects.toMatchObject({ name: 'SealError' });
  }
  // Many are opened by one look for their keys, in their order; a wrong one among them opens none.
  const second = { name: 'wbl_3/label.pdf', bytes: Buffer.from('%PDF of somebody else') };
  const sealedToo = await within((work) => vault.sealBlob(work, { organisationId: OWNER, ...second }));
  const both = [
    { name: second.name, sealed: sealedToo },
    { name: blob.name, sealed },
    { name: second.name, sealed: sealedToo },
  ];
  const counted = await database.read({ organisationId: OWNER }, async (db) => {
    let looks = 0;
    const rows: typeof db.rows = (query) => {
      looks += 1;
      return db.rows(query);
    };
    const opened = await vault.openBlobs({ ...db, rows }, OWNER, both);
    return { looks, texts: opened.map((one) => Buffer.from(one).toString()) };
  });
  const other = second.bytes.toString();
  expect(counted).toEqual({ looks: 1, texts: [other, bytes.toString(), other] });
  await expect(
    database.read({ organisationId: OWNER }, (db) =>
      vault.openBlobs(db, OWNER, [...both, { name: blob.name, sealed: sealedToo }]),
    ),
  ).rejects.toMatchObject({ name: 'SealError' });
});
