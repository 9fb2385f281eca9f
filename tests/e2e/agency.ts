import { inject } from "vitest";
import { createOwner, type Owner, signInAs } from "../../scripts/owner";
import type { Person } from "../../scripts/person";
import type { SharedRig } from "./shared-rig";

export interface Agency extends SharedRig, Owner {
  /** The owner without a browser. */
  owner: Person;
}

/** A new agency on the Tidemark that all files share, with its owner signed in. */
export async function anAgency(): Promise<Agency> {
  const rig = inject("sharedRig");
  const made = await createOwner(rig.databaseUrl);
  return { ...rig, ...made, owner: await signInAs(rig.url, made) };
}
