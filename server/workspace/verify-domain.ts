// Looks for the proof of a host in the DNS, which only who controls the host can put there.
import { command } from "../core/command";
import { type Ctx, isTx, type TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type Domain, DomainMove, recordName } from "./domain-contract";
import { type DomainRow, findDomain, updateDomain } from "./domain-store";
import { toDomain } from "./list-domains";

/** TXT records of a name, each in its parts. Rejects with Node's DNS error codes. */
export type ResolveTxt = (name: string) => Promise<string[][]>;

type Finding = { kind: "proved" } | { kind: "absent" | "unknown"; problem: string };

const askCheck = command({
  name: "domain.verify",
  permission: "themes.write",
  input: DomainMove,
  brandOf: async ({ id }, tx) => (await findDomain(tx, id)).brandId,
  run: async (tx, { id }) => {
    const row = await findDomain(tx, id);
    const target = { type: "domain", id, label: id };
    return { result: row, audit: { action: "domain.check_asked", target, brandId: row.brandId } };
  },
});

/** Asks the DNS now. */
export const verifyDomain = Object.assign(
  async (ctx: Ctx, input: { id: string }): Promise<Domain> => {
    if (isTx(ctx)) throw new Error("The DNS takes time: ask for it outside the transaction.");
    const row = await askCheck(ctx, input);
    const finding = await lookUp(ctx, row);
    return ctx.tx((tx) => settle(tx, row.host, finding));
  },
  { spec: askCheck.spec },
);

/** The same for the clock; a host that was removed meanwhile is left. */
export async function recheckDomain(ctx: Ctx, host: string): Promise<void> {
  try {
    const row = await ctx.tx((tx) => findDomain(tx, host));
    const finding = await lookUp(ctx, row);
    await ctx.tx((tx) => settle(tx, host, finding));
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_found")) throw error;
  }
}

async function lookUp(ctx: Ctx, { host, proof }: DomainRow): Promise<Finding> {
  const name = recordName(host);
  try {
    const values = (await ctx.services.resolveTxt(name)).map((parts) => parts.join("").trim());
    if (values.includes(proof)) return { kind: "proved" };
    const found = values.length === 1 ? "one other value" : `${values.length} other values`;
    return { kind: "absent", problem: `${name} has ${found}, not the proof.` };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOTFOUND" || code === "ENODATA") {
      return {
        kind: "absent",
        problem: `There is no TXT record ${name} yet. New records may take an hour to be seen.`,
      };
    }
    return { kind: "unknown", problem: `The DNS gave no answer for ${name}${code ? ` (${code})` : ""}.` };
  }
}

/** A host in force stays so for one check without its proof, and for any number of checks without an answer. */
async function settle(tx: TxCtx, host: string, finding: Finding): Promise<Domain> {
  const row = await findDomain(tx, host);
  const checkedAt = tx.now();
  const isProved = finding.kind === "proved";
  const lapses = finding.kind === "absent" && row.verifiedAt !== null && row.problem !== null;
  const verifiedAt = isProved ? (row.verifiedAt ?? checkedAt) : lapses ? null : row.verifiedAt;
  await updateDomain(tx, host, { checkedAt, verifiedAt, problem: isProved ? null : finding.problem });
  await tx.changed("domains", [host]);
  if ((verifiedAt === null) !== (row.verifiedAt === null)) {
    const target = { type: "domain", id: host, label: host };
    const action = verifiedAt ? "domain.verified" : "domain.lapsed";
    await tx.audit({ action, target, brandId: row.brandId, after: isProved ? {} : { problem: finding.problem } });
  }
  return toDomain(await findDomain(tx, host));
}
