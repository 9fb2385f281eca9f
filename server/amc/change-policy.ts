import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { requireRead } from "../core/query";
import { type AmcPolicy, PolicyChange, policyId } from "./contract";
import { readPolicy, writePolicy } from "./policy-store";

export async function getPolicy(tx: TxCtx, id: string): Promise<AmcPolicy> {
  requireRead(tx, "amc.read", "anyBrand");
  if (id !== policyId) throw notFound("This record");
  return { id, ...(await readPolicy(tx)) };
}

export const changePolicy = command({
  name: "amc-policy.change",
  permission: "agency.write",
  input: PolicyChange,
  run: async (tx, { id, ...change }) => {
    if (id !== policyId) throw notFound("This record");
    const before = await readPolicy(tx);
    const after = { ...before, ...change };
    await writePolicy(tx, after);
    await tx.changed("amc-policies", [id]);
    return {
      result: { id, ...after },
      audit: {
        action: "amc_policy.changed",
        target: { type: "amc-policy", id, label: "How AMC runs are guarded" },
        before,
        after,
      },
    };
  },
});
