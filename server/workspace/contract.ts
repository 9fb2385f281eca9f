// What the browser and other slices may know of agency, brands, members and roles.
import { z } from "zod";
import { Email, PersonName, TypedPassword } from "../identity/contract";

export const Role = z.enum(["owner", "admin", "ops", "lead", "analyst", "client"]);
export type Role = z.infer<typeof Role>;

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  ops: "Ops",
  lead: "Account lead",
  analyst: "Analyst",
  client: "Client viewer",
};

/** Higher first; of several roles the highest speaks for a person. */
export const roleRank: Record<Role, number> = { owner: 6, admin: 5, ops: 4, lead: 3, analyst: 2, client: 1 };

/** Roles that are given for all brands or not at all. */
export const wholeAgencyRoles: readonly Role[] = ["owner", "admin"];

/** What each role may do, in a sentence. */
export const roleMeanings: Record<Role, string> = {
  owner: "Everything, also other owners",
  admin: "Everything but owners",
  ops: "Connects accounts, manages brands",
  lead: "Sees campaigns, numbers, accounts and people",
  analyst: "Sees campaigns, numbers, accounts and calls to Amazon; changes nothing",
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
  /** The agency's own words for it; empty for those who may not see the brand's accounts. */
  tags: z.array(z.string()),
  /** Who looks after it. */
  ownerUserId: z.string().nullable(),
  ownerName: z.string().nullable(),
  /** What the client means to spend a calendar month, in micros as text; null too for those who may not see its money. */
  monthlyBudget: z.string().nullable(),
  budgetCurrency: z.string().nullable(),
  /** Rises with every change; send it with a change, so that nobody's change is lost. */
  version: z.number().int(),
});
export type Brand = z.infer<typeof Brand>;

const id = z.uuid({ error: "This is not an id." });
const version = z.int({ error: "Give the version you saw." });

const Tag = z
  .string()
  .trim()
  .min(1, { error: "A tag has at least one character." })
  .max(40, { error: "A tag has at most 40 characters." })
  .regex(/^[^\p{Cc},;]*$/u, { error: "A tag has no comma, semicolon or control character." });

/** In any case the same tag once, as it was first written. */
const Tags = z
  .array(Tag)
  .max(20, { error: "Use at most 20 tags." })
  .transform((tags) => [...new Map(tags.toReversed().map((tag) => [tag.toLowerCase(), tag])).values()].toReversed());

const MonthlyBudget = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, { error: "Give an amount above 0, in micros of the currency, or null for no budget." });

const Currency = z.string().regex(/^[A-Z]{3}$/, { error: "Give the three letters of a currency, such as USD." });

const brandFields = {
  name: BrandName,
  tags: Tags.optional(),
  ownerUserId: z.uuid({ error: "This is not a person's id." }).nullable().optional(),
  monthlyBudget: MonthlyBudget.nullable().optional(),
  budgetCurrency: Currency.nullable().optional(),
};

export const BrandCreate = z.strictObject(brandFields);
export type BrandCreate = z.output<typeof BrandCreate>;
/** What is left out stays as it is. */
export const BrandUpdate = z.strictObject({ ...brandFields, id, name: BrandName.optional(), version });
export type BrandUpdate = z.output<typeof BrandUpdate>;
export const BrandMove = z.strictObject({ id });

/** A built-in role by name, or a role of the agency's own by id. */
export const RoleRef = z.union([Role, id], { error: "Choose a role." });
export type RoleRef = z.infer<typeof RoleRef>;
export const isBuiltIn = (role: RoleRef): role is Role => Role.safeParse(role).success;
export const isForAll = (role: RoleRef): boolean => isBuiltIn(role) && wholeAgencyRoles.includes(role);

/** The last day (UTC) on which access holds; null: it does not end. */
export const Until = z.iso.date({ error: "Give a day such as 2026-12-03." }).nullable();

export const RoleGrant = z
  .strictObject({ brandId: id.nullable(), role: RoleRef, until: Until.optional() })
  .refine(({ brandId, role }) => brandId === null || !isForAll(role), {
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

export const MemberRole = z.object({
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  role: z.string(),
  roleName: z.string(),
  /** The last day (UTC) on which it holds; null: it does not end. */
  until: z.string().nullable(),
  grantedBy: z.string().nullable(),
  grantedAt: z.string(),
});
export type MemberRole = z.infer<typeof MemberRole>;

export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  state: z.enum(["active", "suspended"]),
  /** Those in force: all brands first, then by brand name. */
  roles: z.array(MemberRole),
  createdAt: z.string(),
  lastSignedInAt: z.string().nullable(),
});
export type Member = z.infer<typeof Member>;

export const MemberRolesChange = z.strictObject({ id, roles: RoleGrants });
export const MemberMove = z.strictObject({ id });
/** Who owns something is suspended only with somebody who takes it over. */
export const MemberSuspend = z.strictObject({ id, handOverTo: id.optional() });

export const InvitationState = z.enum(["pending", "accepted", "revoked", "expired"]);
export type InvitationState = z.infer<typeof InvitationState>;

/** What somebody is asked to do first: `connect`, to consent at Amazon for the brands. */
export const InvitationPurpose = z.enum(["connect"]);
export type InvitationPurpose = z.infer<typeof InvitationPurpose>;

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  roleName: z.string(),
  /** The last day (UTC) of the access it gives; null: it does not end. */
  until: z.string().nullable(),
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
export const InvitationLink = Invitation.extend({
  link: z.string(),
  /** Whether it was also sent by mail. */
  mailed: z.boolean(),
});
export type InvitationLink = z.infer<typeof InvitationLink>;

export const InvitationCreate = z
  .strictObject({
    email: Email,
    name: PersonName,
    role: RoleRef,
    until: Until.optional(),
    brandIds: z.array(id).min(1, { error: "Choose at least one brand, or all brands." }).max(200).nullable(),
    /** `connect` needs a role that may connect Amazon accounts. */
    purpose: InvitationPurpose.optional(),
  })
  .refine(({ brandIds, role }) => brandIds === null || !isForAll(role), {
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
      /** Whether the address signs in to Tidemark already: then that person accepts, with what they sign in with. */
      known: boolean;
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

/** A look in force: colours, radius, logo and name, never the layout, the scale or the meaning of a signal. */
export interface BrandTheme {
  /** `<id>.<number>` of the published version; it never changes. */
  version: string;
  /** What the product calls itself; null: Tidemark. */
  productName: string | null;
  /** `#rrggbb` on light and on dark surfaces. Corrected for contrast where needed. */
  accent: { light: string; dark: string };
  /** Corner radius in px, 0 to 12. */
  radius: number;
  /** Addresses of the logos. */
  logo: { light: string | null; dark: string | null };
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
  /** Those of them whose money this person may see. */
  moneyBrands: "all" | string[];
  /** The member through whose eyes the person looks; nothing can be changed meanwhile. */
  viewingAs: { id: string; name: string } | null;
  environment: "sandbox" | "production";
  /** The agency asks for a second factor and this session was begun without one: first of all it has to be set up. */
  secondFactorMissing: boolean;
  /** Whether mails are kept on a page, for want of a mail server. */
  outbox: boolean;
}
