// One Tidemark for all files that need nothing special of it: each brings an agency of its own.
import type { TestProject } from "vitest/node";
import { startRig } from "../../scripts/rig";

export interface SharedRig {
  url: string;
  databaseUrl: string;
  /** A host of the sandbox, which takes orders at `/_sandbox`. */
  sandboxUrl: string;
  serverEnv: NodeJS.ProcessEnv;
}

declare module "vitest" {
  interface ProvidedContext {
    sharedRig: SharedRig;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const rig = await startRig({ reportDelaySeconds: 0, brands: 1, campaigns: 6, amcPeople: 2_000 });
  // Where the files' own receivers listen.
  await rig.startServer({ OUTGOING_PRIVATE_HOSTS: "127.0.0.1" });
  const { url, databaseUrl, sandbox } = rig;
  project.provide("sharedRig", { url, databaseUrl, sandboxUrl: sandbox.urls.NA, serverEnv: rig.serverEnv() });
  return () => rig.close();
}
