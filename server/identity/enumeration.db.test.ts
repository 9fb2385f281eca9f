// What an answer costs until it is given, counted instead of timed: `npm run soak -- isolation --only=E1` measures the time.
import { Argon2id } from "oslo/password";
import { expect, test, vi } from "vitest";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anEmail, anIdentity, aVisitor, ctxOf, signedIn } from "../../tests/support/people";
import type { Database, Scope } from "../core/db/connect";
import { inviteMember } from "../workspace/invite-member";
import { askForReset } from "./reset-password";
import { signIn } from "./sign-in";

const { db } = testDatabase();

/** The same database, with the statements asked of it, and what still goes on in it. */
function watched() {
  const statements: string[] = [];
  const underWay = new Set<Promise<unknown>>();
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.catch(() => {}).finally(() => underWay.delete(work));
    return work;
  };
  const watch =
    <T>(work: (scope: Scope) => Promise<T>) =>
    (scope: Scope) => {
      const ask = scope.sql.unsafe.bind(scope.sql);
      vi.spyOn(scope.sql, "unsafe").mockImplementation(((text: string, ...rest: never[]) => {
        statements.push(text);
        return ask(text, ...rest);
      }) as typeof scope.sql.unsafe);
      return work(scope);
    };
  const database: Database = {
    ...db,
    withAgency: (id, work) => tracked(db.withAgency(id, watch(work))),
    withPerson: (id, work) => tracked(db.withPerson(id, watch(work))),
    withSystem: (work) => tracked(db.withSystem(watch(work))),
  };
  return { database, statements, rest: () => Promise.allSettled(underWay) };
}

const verify = vi.spyOn(Argon2id.prototype, "verify");

test("signing in, asking for a new password and inviting cost the same work for an address that is known and one that is not", async () => {
  const identity = anIdentity(db);
  const elsewhere = await anAgencyWithOwner(identity);
  const here = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, here.email);
  const { database, statements, rest } = watched();
  const seen = { ...identity, database };
  const inviter = await ctxOf(seen, cookie);
  const ways: Record<string, (email: string) => Promise<unknown>> = {
    "sign-in": (email) => signIn(seen, { email, password: "not this one" }, aVisitor()),
    "new password": (email) => askForReset(seen, { email }, aVisitor()),
    invitation: (email) => inviteMember(inviter, { email, name: "Somebody", role: "analyst", brandIds: null }),
  };
  const workOf = async (ask: (email: string) => Promise<unknown>, email: string) => {
    const [before, hashes] = [statements.length, verify.mock.calls.length];
    const answer = await ask(email).then(
      () => "done",
      (error: Error) => error.message,
    );
    const work = { answer, statements: statements.slice(before), hashes: verify.mock.calls.length - hashes };
    // What is not waited for is no part of the answer.
    await rest();
    return work;
  };
  // The first one makes the decoy.
  await workOf(ways["sign-in"] as never, anEmail());
  for (const [way, ask] of Object.entries(ways)) {
    const unknown = await workOf(ask, anEmail());
    const known = await workOf(ask, elsewhere.email);
    expect([way, known]).toEqual([way, unknown]);
    expect([way, unknown.statements.length > 1, unknown.hashes]).toEqual([way, true, way === "sign-in" ? 1 : 0]);
  }
});
