// A client's own host name: claimed with a proof to publish, taken away again. verify-domain.ts looks for the proof.
import { randomBytes } from "node:crypto";
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { findBrand } from "./brand-store";
import { DomainCreate, DomainMove } from "./domain-contract";
import { deleteDomain, findDomain, insertDomain } from "./domain-store";
import { toDomain } from "./list-domains";

/** @throws {AppError} invalid, where the host is in the agency already or is this installation's own */
export const addDomain = command({
  name: "domain.create",
  permission: "themes.write",
  input: DomainCreate,
  brandOf: ({ brandId }) => brandId,
  run: async (tx, { host, brandId }) => {
    const brand = await findBrand(tx, brandId);
    if (host === new URL(tx.services.publicUrl).hostname) {
      const words = "This is the address of the installation itself.";
      throw new AppError("invalid", words, { fields: { host: words }, remedy: "Use a host name of the client's." });
    }
    await insertDomain(tx, { host, brandId, proof: `tidemark-${randomBytes(16).toString("hex")}` });
    await tx.changed("domains", [host]);
    const target = { type: "domain", id: host, label: host };
    return {
      result: toDomain(await findDomain(tx, host)),
      audit: { action: "domain.added", target, brandId, after: { host, brand: brand.name } },
    };
  },
});

export const removeDomain = command({
  name: "domain.remove",
  permission: "themes.write",
  input: DomainMove,
  brandOf: async ({ id }, tx) => (await findDomain(tx, id)).brandId,
  run: async (tx, { id }) => {
    const { brandId, brandName, verifiedAt } = await findDomain(tx, id);
    await deleteDomain(tx, id);
    await tx.changed("domains", [id]);
    const target = { type: "domain", id, label: id };
    const before = { host: id, brand: brandName, inForce: verifiedAt !== null };
    return { result: { id }, audit: { action: "domain.removed", target, brandId, before } };
  },
});
