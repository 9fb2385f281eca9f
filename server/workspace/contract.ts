// What the browser and other slices may know of agency, brands, members and roles.
import { z } from "zod";
import { Email, PersonName, TypedPassword } from "../identity/contract";

export const Role = z.enum(["owner", "admin", "ops", "lead", "client"]);
export type Role = z.infer<typeof Role>;

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  ops: "Ops",
  lead: "Account lead",
  client: "Client",
};

/** Higher first: nobody gives, changes or takes away a role above their own. */
export const roleRank: Record<Role, number> = { owner: 5, admin: 4, ops: 3, lead: 2, client: 1 };

/** Roles that are given for all brands or not at all. */
export const wholeAgencyRoles: readonly Role[] = ["owner", "admin"];

/** What each role may do, in a sentence. */
export const roleMeanings: Record<Role, string> = {
  owner: "Everything, also other owners",
  admin: "Everything but owners",
  ops: "Connects accounts, manages brands",
  lead: "Sees campaigns, numbers and accounts",
  client: "Sees campaigns and numbers",
};

const BrandName = z
  .string({ error: "Give the brand a name." })
  .trim()
  .min(1, { error: "Give the brand a name." })
  .max(120, { error: "Use at most 120 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });

export const Brand = z.object({
  id: z.string(),
  name: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  archivedAt: z.string().nullable(),
  /** Rises with every change; send it with a change, so that nobody's change is lost. */
  version: z.number().int(),
});
export type Brand = z.infer<typeof Brand>;

const id = z.uuid({ error: "This is not an id." });
const version = z.int({ error: "Give the version you saw." });

export const BrandCreate = z.strictObject({ name: BrandName });
export const BrandUpdate = z.strictObject({ id, name: BrandName, version });
export const BrandMove = z.strictObject({ id });

export const RoleGrant = z
  .strictObject({ brandId: id.nullable(), role: Role })
  .refine(({ brandId, role }) => brandId === null || !wholeAgencyRoles.includes(role), {
    error: "Owner and admin are given for all brands.",
    path: ["role"],
  });
export type RoleGrant = z.infer<typeof RoleGrant>;

/** At least one role; one a brand, and at most one for all brands. */
export const RoleGrants = z
  .array(RoleGrant)
  .min(1, { error: "Give at least one role. To take all access away, suspend the person." })
  .max(200)
  .refine((grants) => new Set(grants.map((grant) => grant.brandId)).size === grants.length, {
    error: "Give one role a brand.",
  });

export const MemberRole = z.object({ brandId: z.string().nullable(), brandName: z.string().nullable(), role: Role });
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  state: z.enum(["active", "suspended"]),
  /** All brands first, then by brand name. */
  roles: z.array(MemberRole),
  createdAt: z.string(),
  lastSignedInAt: z.string().nullable(),
});
export type Member = z.infer<typeof Member>;

export const MemberRolesChange = z.strictObject({ id, roles: RoleGrants });
export const MemberMove = z.strictObject({ id });

export const InvitationState = z.enum(["pending", "accepted", "revoked", "expired"]);
export type InvitationState = z.infer<typeof InvitationState>;

/** What somebody is asked to do first: `connect`, to consent at Amazon for the brands. */
export const InvitationPurpose = z.enum(["connect"]);
export type InvitationPurpose = z.infer<typeof InvitationPurpose>;

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  /** Null: all brands. */
  brandIds: z.array(z.string()).nullable(),
  invitedBy: z.string(),
  /** Null: nothing in particular. */
  purpose: InvitationPurpose.nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  state: InvitationState,
});
export type Invitation = z.infer<typeof Invitation>;

/** The link works once, for 7 days, and is told only here: the database keeps a digest. */
export const InvitationLink = Invitation.extend({ link: z.string() });
export type InvitationLink = z.infer<typeof InvitationLink>;

export const InvitationCreate = z
  .strictObject({
    email: Email,
    name: PersonName,
    role: Role,
    brandIds: z.array(id).min(1, { error: "Choose at least one brand, or all brands." }).max(200).nullable(),
    /** `connect` needs a role that may connect Amazon accounts. */
    purpose: InvitationPurpose.optional(),
  })
  .refine(({ brandIds, role }) => brandIds === null || !wholeAgencyRoles.includes(role), {
    error: "Owner and admin are given for all brands.",
    path: ["brandIds"],
  });
export const InvitationMove = z.strictObject({ id });

export const InvitationAcceptance = z.strictObject({ name: PersonName, password: TypedPassword });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;

/** What a person sees who opens an invitation's link. */
export type OpenInvitation =
  | {
      state: "pending";
      agencyName: string;
      email: string;
      name: string;
      invitedBy: string;
      purpose: InvitationPurpose | null;
      /** Names of the brands it is for; empty: all. */
      brands: string[];
    }
  | { state: "unknown" | "accepted" | "revoked" | "expired" };

export const AgencyName = z
  .string({ error: "Give the agency a name." })
  .trim()
  .min(1, { error: "Give the agency a name." })
  .max(120, { error: "Use at most 120 characters." });

/** A new agency and the person who owns it. */
export const NewOwner = z.strictObject({
  agencyName: AgencyName,
  name: PersonName,
  email: Email,
  password: TypedPassword,
});
export type NewOwner = z.infer<typeof NewOwner>;

/** A person for an agency that exists; the role is for all brands. */
export const NewUser = z.strictObject({ name: PersonName, email: Email, password: TypedPassword, role: Role });
export type NewUser = z.infer<typeof NewUser>;

/** What a brand may change of the look: colour and radius, never the layout, the scale or the meaning of a signal. */
export interface BrandTheme {
  /** Changes whenever any other field does, so that a cached sheet is never stale. */
  version: string;
  /** `#rrggbb`. Corrected for contrast where needed. */
  accent: string;
  /** Corner radius in px, 0 to 12. */
  radius?: number;
  logoUrl?: string;
}

/** The signed-in person, as far as pages need to know. */
export interface Viewer {
  user: { id: string; name: string; email: string; role: string };
  agency: { id: string; name: string };
  /** `<noun>.read` or `<noun>.write`, the union over all brands of this person. */
  permissions: string[];
  /** Those held for all brands: what is the agency's and not a brand's, such as a connection, needs one of these. */
  agencyPermissions: string[];
  /** Visible to this person and not archived, by name. */
  brands: { id: string; name: string }[];
  environment: "sandbox" | "production";
  theme: BrandTheme | null;
}
