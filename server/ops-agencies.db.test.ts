// What an operator is told, and what becomes of it.
import { Command as Program } from "commander";
import { expect, test } from "vitest";
import { aClock, aCtx, aSource } from "../tests/support/ctx";
import { ownDatabase } from "../tests/support/database";
import { anEmail, anIdentity, aPerson, auditedActions } from "../tests/support/people";
import { wholeList } from "./core/query";
import { agencyCommands } from "./ops-agencies";
import type { Product } from "./product";
import { openInvitation } from "./workspace";
import { createKey } from "./workspace/change-keys";
import type { ApiKeySecret } from "./workspace/key-contract";
import { listKeys } from "./workspace/list-keys";

test("an operator makes agencies for new and known owners, counts them, and revokes a key by how it starts", async () => {
  const { db } = await ownDatabase();
  const clock = aClock(new Date());
  const identity = anIdentity(db, clock);
  const source = aSource(db, { clock, services: { publicUrl: "https://tidemark.example.com" } });
  const product = { ...source, identity } as Product;
  const ops = async (...args: string[]): Promise<string> => {
    const said: string[] = [];
    const program = new Program("ops").exitOverride();
    agencyCommands(
      program,
      (work) => work(product),
      (line) => void said.push(line),
    );
    await program.parseAsync(args, { from: "user" });
    return said.join("\n");
  };
  const create = (name: string, email: string) =>
    ops("agency:create", "--name", name, "--owner-email", email, "--owner-name", "Olive Owner");

  const email = anEmail("owner");
  const made = await create("North", email);
  const agencyId = /Agency (\S+) "North"/.exec(made)?.[1] ?? "";
  const key = made.split("/invitations/")[1] ?? "";
  expect(await openInvitation(identity, key)).toMatchObject({ state: "pending", email, agencyName: "North" });
  const owner = aCtx(source, agencyId);
  expect((await auditedActions(owner)).sort()).toEqual(["agency.created", "invitation.created"]);

  const known = await aPerson(identity, agencyId, "ops");
  const second = await create("South", known.email);
  expect(second).toContain("signs in already and is its owner");
  const list = await ops("agency:list");
  expect(list).toMatch(new RegExp(`${agencyId}\tNorth\tpeople: 1\taccounts: 0`));
  expect(list).toMatch(/South\tpeople: 1\taccounts: 0/);
  expect(list).not.toContain(known.email);

  const person = aCtx(source, agencyId, { userId: known.userId, memberships: [{ brandId: null, role: "ops" }] });
  const leaked = (await createKey(person, {
    name: "Leaked",
    permissions: ["brands.read"],
    brandIds: null,
  })) as ApiKeySecret;
  await expect(ops("key:revoke", "tdmk_live_other1")).rejects.toMatchObject({ code: "not_found" });
  const answer = await ops("key:revoke", leaked.key);
  expect(answer).toContain(`${leaked.start}… revoked`);
  expect(answer).not.toContain(leaked.key);
  expect((await person.tx((tx) => listKeys(tx, wholeList()))).items).toMatchObject([{ state: "revoked" }]);
  expect(await auditedActions(owner)).toContain("api-key.revoked");
});
