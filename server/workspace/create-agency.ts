// A further agency of the installation, made by an operator, who learns no password: its owner joins by a link.
import { z } from "zod";
import { command } from "../core/command";
import type { AuditEntry } from "../core/context";
import { findDirectoryEntry, insertUser } from "../identity";
import { Email, PersonName } from "../identity/contract";
import { insertAgency } from "./agency-store";
import { AgencyName } from "./contract";
import { inviteMember } from "./invite-member";
import { insertMemberships } from "./member-store";

export const NewAgency = z.strictObject({ name: AgencyName, ownerEmail: Email, ownerName: PersonName });

interface Created {
  result: { agencyId: string; link: string | null };
  audit: AuditEntry | AuditEntry[];
}

/**
 * Runs in the ctx of an agency that is not there yet.
 * @returns the link for the owner; null where the address signs in already: then they have their place at once
 */
export const createAgencyFor = command({
  name: "agency.create",
  permission: "agency.write",
  input: NewAgency,
  run: async (ctx, { name, ownerEmail, ownerName }): Promise<Created> => {
    await insertAgency(ctx, name);
    const known = await findDirectoryEntry(ctx, ownerEmail);
    const created = {
      action: "agency.created",
      target: { type: "agency", id: ctx.agencyId, label: name },
      after: { name, owner: ownerName },
    };
    if (!known) {
      const asked = { email: ownerEmail, name: ownerName, role: "owner" as const, brandIds: null };
      const { link } = await inviteMember(ctx, asked);
      return { result: { agencyId: ctx.agencyId, link }, audit: created };
    }
    const user = await insertUser(ctx, { email: ownerEmail, name: ownerName, personId: known.personId });
    await insertMemberships(ctx, { userId: user.id, grantedBy: null }, [
      { brandId: null, role: "owner", roleId: null, expiresAt: null },
    ]);
    const joined = {
      action: "member.created",
      target: { type: "member", id: user.id, label: ownerName },
      after: { role: "owner" },
    };
    return { result: { agencyId: ctx.agencyId, link: null }, audit: [created, joined] };
  },
});
