// The owner of a new agency, who signs in without a browser.
import { randomUUID } from "node:crypto";
import { systemClock } from "../server/core/clock";
import { openDatabase } from "../server/core/db/connect";
import { migrateDatabase } from "../server/core/db/migrate";
import { createLog } from "../server/core/log";
import { createAgencyWithOwner } from "../server/workspace";
import { Person } from "./person";

const password = "quiet water runs deep";

export interface Owner {
  agencyId: string;
  email: string;
  password: string;
}

/** As an operator makes one, which needs no server; brings the database to this version first. */
export async function createOwner(databaseUrl: string): Promise<Owner> {
  const { appUrl } = await migrateDatabase({ ownerUrl: databaseUrl, log: createLog("silent") });
  const database = openDatabase(appUrl, { poolSize: 1 });
  const name = randomUUID().slice(0, 8);
  const owner = { agencyName: `Rig agency ${name}`, name: "Rig Owner", email: `owner-${name}@rig.example`, password };
  try {
    const { agencyId } = await createAgencyWithOwner({ database, clock: systemClock }, owner);
    return { agencyId, email: owner.email, password };
  } finally {
    await database.close();
  }
}

export async function signInAs(url: string, { email, password }: Owner): Promise<Person> {
  const person = new Person(url);
  await person.signIn(email, password);
  return person;
}
