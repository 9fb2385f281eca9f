// What the browser may know of roles: the permissions there are, in words, and the roles made of them.
import { z } from "zod";
import { Email, PersonName } from "../identity/contract";
import { isForAll, RoleRef, Until } from "./contract";

interface Noun {
  label: string;
  /** What each of the two lets a person do; left out: there is no such permission. */
  read?: string;
  write?: string;
}

/** Every noun that roles speak of, in the order of the matrix. */
export const nouns = {
  campaigns: { label: "Campaigns", read: "See campaigns and ad groups", write: "Change campaigns at Amazon" },
  insights: {
    label: "Numbers",
    read: "See dashboards, totals and how fresh they are",
    write: "Ask Amazon for new numbers",
  },
  money: { label: "Money", read: "See spend, sales, budgets and prices" },
  reports: { label: "Custom reports", read: "See custom reports", write: "Ask Amazon for custom reports, delete them" },
  amc: {
    label: "Amazon Marketing Cloud",
    read: "See AMC questions, runs and results",
    write: "Ask AMC, write questions and schedules",
  },
  instances: { label: "AMC instances", write: "Look for AMC instances, make them, attach advertisers" },
  annotations: {
    label: "Notes on charts",
    read: "See notes on the whole agency, besides those on their brands",
    write: "Write notes on days of charts",
  },
  brands: { label: "Brands", read: "See the brands", write: "Create, rename and archive brands" },
  accounts: { label: "Accounts", read: "See Amazon accounts", write: "Give accounts to brands, look at them anew" },
  connections: { label: "Connections", read: "See connections and consents", write: "Connect and disconnect Amazon" },
  calls: { label: "Calls to Amazon", read: "See each call to Amazon" },
  members: { label: "People", read: "See who works here", write: "Invite people, give roles, suspend" },
  roles: { label: "Roles", read: "See roles and why somebody may do something", write: "Make and change roles" },
  themes: { label: "Themes", read: "See a brand's theme", write: "Change and publish themes" },
  keys: { label: "API keys", read: "See their own API keys", write: "Make API keys within their own rights" },
  pages: { label: "Custom pages", read: "Open custom pages", write: "Make custom pages and actions" },
  actions: {
    label: "Custom actions",
    read: "See what custom actions sent, and what was answered",
    write: "Use custom actions",
  },
  metrics: { label: "Metrics of its own", write: "Make and change the agency's own metrics" },
  rates: { label: "Exchange rates", write: "Import and change exchange rates" },
  audit: { label: "Audit", read: "See who did what" },
  health: { label: "Health", read: "See whether the service is well" },
  agency: { label: "Agency", read: "See the agency's settings", write: "Change the agency's settings" },
} as const satisfies Record<string, Noun>;

export type NounId = keyof typeof nouns;
export const nounIds = Object.keys(nouns) as NounId[];
export const nounOf = (id: NounId): Noun => nouns[id];

type Grantable = `${NounId}.${"read" | "write"}`;
/** Every permission a role may hold. */
export const grantable = nounIds.flatMap((id) =>
  (["read", "write"] as const).filter((act) => nounOf(id)[act]).map((act): Grantable => `${id}.${act}`),
);
export const permissionWords = (permission: string): string => {
  const [noun = "", act] = permission.split(".");
  const known = noun in nouns ? nounOf(noun as NounId) : null;
  return (act === "read" || act === "write" ? known?.[act] : null) ?? permission;
};

const id = z.uuid({ error: "This is not an id." });

const RoleName = z
  .string({ error: "Give the role a name." })
  .trim()
  .min(1, { error: "Give the role a name." })
  .max(60, { error: "Use at most 60 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });
const Permissions = z
  .array(z.enum(grantable, { error: "There is no such permission." }))
  .min(1, { error: "Choose at least one permission." })
  .max(grantable.length);
const Description = z.string().trim().max(200, { error: "Use at most 200 characters." });

export const RoleItem = z.object({
  /** A built-in role's name, or a uuid. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  permissions: z.array(z.string()),
  /** Who has it now, by name; of people with several brands one entry. */
  holders: z.array(z.object({ id: z.string(), name: z.string() })),
  version: z.number().int(),
});
export type RoleItem = z.infer<typeof RoleItem>;

export const RoleCreate = z.strictObject({
  name: RoleName,
  description: Description.optional(),
  permissions: Permissions,
});
export const RoleUpdate = RoleCreate.extend({ id, version: z.int({ error: "Give the version you saw." }) });
export const RoleRemove = z.strictObject({ id });

/** One role for several people on several brands at once. */
export const RoleGiving = z.strictObject({
  memberIds: z.array(id).min(1, { error: "Choose at least one person." }).max(100),
  role: RoleRef,
  /** Null: all brands. */
  brandIds: z.array(id).min(1, { error: "Choose at least one brand, or all brands." }).max(200).nullable(),
  until: Until.optional(),
  /** Says what would happen, and changes nothing. */
  preview: z.boolean().optional(),
});
/** In a file: the word for all brands. */
export const everyBrand = "all";

/** One role of one member, for one brand or for all. */
export const MemberRoleItem = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  /** Ids; `all` for all brands. */
  brands: z.array(z.string()),
  brandNames: z.array(z.string()),
  roleName: z.string(),
  /** The last day (UTC) on which it holds; null: it does not end. */
  until: z.iso.date().nullable(),
});
export type MemberRoleItem = z.infer<typeof MemberRoleItem>;

export const MemberRoleRow = z
  .strictObject({
    email: Email,
    role: RoleRef,
    brands: z
      .array(z.union([z.literal(everyBrand), id]))
      .min(1, { error: `Name at least one brand, or write ${everyBrand}.` })
      .max(200),
    until: Until.optional(),
    /** For an invitation. */
    name: PersonName.optional(),
    /** Whether somebody unknown is invited. */
    invite: z.boolean().optional(),
  })
  .refine(({ brands }) => brands.length === 1 || !brands.includes(everyBrand), {
    error: `Name brands, or write ${everyBrand}: not both.`,
    path: ["brands"],
  })
  .refine(({ brands, role }) => brands.includes(everyBrand) || !isForAll(role), {
    error: "Owner and admin are given for all brands.",
    path: ["brands"],
  });

export interface GivingResult {
  preview: boolean;
  people: {
    memberId: string;
    name: string;
    ok: boolean;
    /** What happens, or why it does not, in a sentence. */
    words: string;
  }[];
}

export const Belonging = z.object({
  /** `<kind>:<id>` */
  id: z.string(),
  memberId: z.string(),
  kind: z.string(),
  label: z.string(),
});
export type Belonging = z.infer<typeof Belonging>;

/** Why somebody may, or may not, do something. */
export const AccessAnswer = z.object({
  id: z.string(),
  memberId: z.string(),
  permission: z.string(),
  /** Null: asked for all brands. */
  brandId: z.string().nullable(),
  allowed: z.boolean(),
  /** The roles through which, with who gave them and when. */
  through: z.array(
    z.object({
      roleName: z.string(),
      brandName: z.string().nullable(),
      grantedBy: z.string().nullable(),
      grantedAt: z.string(),
      until: z.string().nullable(),
    }),
  ),
  /** Where not allowed: what is missing. */
  missing: z.string().nullable(),
  /** Roles that hold the permission. */
  rolesWithIt: z.array(z.string()),
  /** People who can give such a role. */
  givers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AccessAnswer = z.infer<typeof AccessAnswer>;
