import { z } from "zod";
import { defineJob } from "../core/jobs/define";
import { Region } from "./contract";
import { discoverAccounts } from "./discover-accounts";
import { discoverJob } from "./enqueue-discovery";

export const discoverAccountsJob = defineJob({
  name: discoverJob,
  input: z.object({
    connectionId: z.uuid(),
    regions: z.array(Region).optional(),
    attempt: z.int().nonnegative().optional(),
  }),
  run: discoverAccounts,
});
