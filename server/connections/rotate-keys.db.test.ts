import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  ageGrant,
  amazonServices,
  amazonUser,
  connected,
  consentAt,
  testSandbox,
} from "../../tests/support/amazon-user";
import { aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { generateKey, keyId } from "../core/crypto/fernet";
import { createVault, type VaultScheme } from "../core/crypto/vault";
import { accessToken, beginOAuth, completeOAuth, rotateKeys } from ".";

const { db } = testDatabase();
const sandbox = testSandbox();

async function anAgencyWithKeys() {
  const agencyId = await anAgency(db);
  const clock = () => new Date();
  const withKeys = (keys: string[], scheme?: VaultScheme) => {
    const services = amazonServices(sandbox(), { clock, vault: createVault({ keys, scheme }) });
    return aCtx(aSource(db, { clock, services }), agencyId, { memberships: asOwner });
  };
  return { agencyId, withKeys };
}

const userIds = () =>
  sandbox()
    .control.world()
    .users.map((user) => user.id);

test("rotation moves every secret to the newest key, and only then is the old key not needed", async () => {
  const { withKeys } = await anAgencyWithKeys();
  const [older, newer] = [generateKey(), generateKey()];
  const before = withKeys([older]);
  const ids: string[] = [];
  for (const userId of userIds()) ids.push(await connected(before, { userId }));
  const { authorizeUrl } = await beginOAuth(before, { region: "NA" });

  const withNew = await rotateKeys(withKeys([newer]));
  expect(withNew).toMatchObject({ rotated: 0, current: 0, failed: ids.length + 1 });
  expect(withNew.rowsUnder).toEqual({ [`v1:${keyId(older)}`]: ids.length + 1 });

  const both = withKeys([newer, older]);
  expect(await rotateKeys(both)).toMatchObject({ rotated: ids.length + 1, current: ids.length + 1, failed: 0 });
  expect(await rotateKeys(both)).toMatchObject({ rotated: 0, current: ids.length + 1, failed: 0 });
  const audited = await both.tx(({ db: tx }) =>
    tx.execute(sql`select after ->> 'rotated' as rotated from audit_events where action = 'connection.keys_rotated'`),
  );
  expect([...audited]).toEqual([{ rotated: String(ids.length + 1) }]);

  const after = withKeys([newer]);
  for (const id of ids) {
    await ageGrant(after, id, { expiresInSeconds: -60 });
    expect((await accessToken(after, id)).token).toContain("Atza");
  }
  const { search } = await consentAt(authorizeUrl, { userId: userIds()[0] ?? "" });
  expect(await completeOAuth(after, { region: "NA", search })).toMatchObject({ kind: "connected" });
});

test("a change of scheme is a rotation too", async () => {
  const { withKeys } = await anAgencyWithKeys();
  const key = generateKey();
  const id = await connected(withKeys([key]), { userId: amazonUser(sandbox(), "Ava").id });
  const gcm = withKeys([key], "v2");
  expect(await rotateKeys(gcm)).toMatchObject({ rotated: 1, current: 1, failed: 0 });
  expect((await accessToken(gcm, id)).token).toContain("Atza");
});

test("refreshes go on while keys rotate, and none of them is lost", async () => {
  const { withKeys } = await anAgencyWithKeys();
  const [older, newer] = [generateKey(), generateKey()];
  const ids: string[] = [];
  for (const userId of userIds()) ids.push(await connected(withKeys([older]), { userId }));
  const both = withKeys([newer, older]);
  for (const id of ids) await ageGrant(both, id, { expiresInSeconds: -60 });
  const [rotation, ...tokens] = await Promise.all([
    rotateKeys(both),
    ...ids.map((id) => accessToken(both, id)),
    rotateKeys(both),
  ]);
  expect(rotation).toBeDefined();
  expect(tokens).toHaveLength(ids.length + 1);
  expect(await rotateKeys(both)).toMatchObject({ current: ids.length, failed: 0 });
  for (const id of ids) expect((await accessToken(withKeys([newer]), id)).token).toContain("Atza");
});

test("a row that was tampered with is counted and left as it is, and does not stop the others", async () => {
  const { withKeys } = await anAgencyWithKeys();
  const [older, newer] = [generateKey(), generateKey()];
  const before = withKeys([older]);
  const ids: string[] = [];
  for (const userId of userIds()) ids.push(await connected(before, { userId }));
  await before.tx(({ db: tx }) =>
    tx.execute(sql`update grants set refresh_token = o.refresh_token
      from (select refresh_token from grants where connection_id = ${ids[1]}) o where connection_id = ${ids[0]}`),
  );
  expect(await rotateKeys(withKeys([newer, older]))).toMatchObject({
    rotated: ids.length - 1,
    current: ids.length - 1,
    failed: 1,
  });
});
