import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { testDatabase } from "../../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson, signedIn } from "../../tests/support/people";
import { membersResource } from "../workspace/api";
import "./api";
import { connections } from "./tables";

const { db } = testDatabase();
const identity = anIdentity(db);

test("a leaver's connections go to whoever takes over, in the suspension itself", async () => {
  const owner = await anAgencyWithOwner(identity);
  const { ctx } = await signedIn(identity, owner.email);
  const leaver = await aPerson(identity, owner.agencyId, "ops");
  const heir = await aPerson(identity, owner.agencyId, "ops");
  await aWorld(db, owner.agencyId, "world");
  const owners = () =>
    db.withAgency(owner.agencyId, async (scope) =>
      (await scope.db.select().from(connections)).map(({ ownerUserId }) => ownerUserId),
    );
  await db.withAgency(owner.agencyId, (scope) => scope.db.update(connections).set({ ownerUserId: leaver.userId }));
  const suspend = membersResource.actions?.suspend;
  await expect(suspend?.(ctx, { id: leaver.userId })).rejects.toMatchObject({
    message: "Test ops looks after 1 connection.",
  });
  expect(await owners()).toEqual([leaver.userId]);
  await suspend?.(ctx, { id: leaver.userId, handOverTo: heir.userId });
  expect(await owners()).toEqual([heir.userId]);
});
