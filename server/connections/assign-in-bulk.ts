import { z } from "zod";
import { AppError } from "../core/errors";
import type { BulkSpec } from "../core/resource";
import { assignAccounts } from "./assign-accounts";
import { AssignAccounts } from "./contract";
import { getAccount } from "./list-accounts";

const Input = z.strictObject({ brandId: AssignAccounts.shape.brandId });

/** Gives one of many accounts to a brand, and says what would give it back. */
export const assignInBulk: BulkSpec = {
  label: "Assign",
  permission: "accounts.write",
  input: Input,
  async run(ctx, id, input) {
    const { brandId } = Input.parse(input);
    return ctx.tx(async (tx) => {
      const before = await getAccount(tx, id);
      const { results } = await assignAccounts(tx, { accountIds: [id], brandId });
      const [result] = results;
      if (result?.outcome === "refused") throw new AppError("forbidden", result.reason ?? "This is not allowed.");
      return { undo: result?.outcome === "assigned" ? { brandId: before.brandId } : null };
    });
  },
};
