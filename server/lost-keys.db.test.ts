import { expect, test } from "vitest";
import { amazonServices, amazonUser, connected, testSandbox } from "../tests/support/amazon-user";
import { aClock, aCtx, aSource, asOwner } from "../tests/support/ctx";
import { ownDatabase } from "../tests/support/database";
import {
  anAgencyWithOwner,
  anIdentity,
  auditedActions,
  aVisitor,
  cookieOf,
  password,
  signedIn,
} from "../tests/support/people";
import { catalogue } from "./api/catalogue";
import { getConnection } from "./connections";
import { generateKey, keyId } from "./core/crypto/fernet";
import { createVault } from "./core/crypto/vault";
import { createOutgoing } from "./core/outgoing/outgoing";
import { completeSignIn, signIn } from "./identity";
import { beginTotp, confirmTotp } from "./identity/set-up-totp";
import { codeOf, secretFrom, stepAt } from "./identity/totp";
import { forgetLostKeys, requireKeys } from "./lost-keys";
import type { CustomActionSecret } from "./pages/action-contract";
import { createAction, rotateActionSecret } from "./pages/change-action";

const { db } = await ownDatabase();
const sandbox = testSandbox({ brands: 2, campaigns: 2 });
const me = { id: "me" } as const;

test("no start while anything that is sealed lacks its key; what is lost for good is forgotten, and nobody gets in more easily", async () => {
  const [older, newer] = [generateKey(), generateKey()];
  const clock = aClock(new Date());
  const identity = { ...anIdentity(db, clock), vault: createVault({ keys: [older] }) };
  const owner = await anAgencyWithOwner(identity);
  const under = (keys: string[]) => {
    const outgoing = createOutgoing({ privateHosts: [] });
    const services = amazonServices(sandbox(), { clock, vault: createVault({ keys }) });
    return aSource(db, { clock, services: { ...services, catalogue, outgoing } });
  };
  const before = aCtx(under([older]), owner.agencyId, { memberships: asOwner });
  await expect(requireKeys(under([newer]))).resolves.toBeUndefined();

  const action = (await createAction(before, {
    label: "Open a ticket",
    resource: "brands",
    url: "https://tickets.example/open",
    sends: ["name"],
    form: [],
    confirm: "Open a ticket for {name}?",
  })) as CustomActionSecret;
  const lacking = async () => String(await requireKeys(under([newer])).catch((error: Error) => error.message));
  expect(await lacking()).toContain(`1 secrets of custom actions under ${keyId(older)}`);

  const { ctx } = await signedIn(identity, owner.email);
  const { secret } = await beginTotp(ctx, me);
  const { recoveryCodes } = await confirmTotp(ctx, { ...me, code: await codeOf(secretFrom(secret), stepAt(clock())) });
  expect(await lacking()).toContain(`1 second factors under ${keyId(older)}`);

  const connectionId = await connected(before, { userId: amazonUser(sandbox(), "Ava").id });
  expect(await lacking()).toContain(`1 tokens of Amazon users under ${keyId(older)}`);
  await expect(requireKeys(under([newer, older]))).resolves.toBeUndefined();

  const lines = (await forgetLostKeys(under([newer]))).join("\n");
  expect(lines).toContain(`${owner.agencyId}: 1 connections need a new consent, 1 custom actions a new secret.`);
  expect(lines).toContain("1 people sign in with a recovery code or a passkey");
  await expect(requireKeys(under([newer]))).resolves.toBeUndefined();

  const after = aCtx(under([newer]), owner.agencyId, { memberships: asOwner });
  expect(await after.tx((tx) => getConnection(tx, connectionId))).toMatchObject({ state: "needs_reconsent" });
  const made = (await rotateActionSecret(after, { id: action.id })) as CustomActionSecret;
  expect(made.secret).not.toBe(action.secret);
  expect(await auditedActions(after)).toContain("custom-action.secret_lost");

  clock.advance({ seconds: 30 });
  const now = { ...identity, vault: createVault({ keys: [newer] }) };
  const halfway = async () => {
    const answer = await signIn(now, { email: owner.email, password }, aVisitor());
    expect(answer.next).toBe("second-factor");
    return cookieOf(answer.setCookie);
  };
  const finish = async (code: string) => completeSignIn(now, { code }, aVisitor({ cookie: await halfway() }));
  await expect(finish(await codeOf(secretFrom(secret), stepAt(clock())))).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  expect((await finish(recoveryCodes[0] ?? "")).setCookie.length).toBeGreaterThan(0);
}, 120_000);
