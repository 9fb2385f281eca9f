// What the browser may know of custom pages: their shape, and whether one fits the resource it shows.
import { z } from "zod";
import { filterProblem } from "../core/filter-contract";
import { grantable } from "../workspace/role-contract";

const id = z.uuid({ error: "This is not an id." });

const Title = z
  .string({ error: "Give the page a title." })
  .trim()
  .min(1, { error: "Give the page a title." })
  .max(60, { error: "Use at most 60 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A title has no control characters." });

/** The end of the page's address. */
const Slug = z
  .string({ error: "Give the page an address." })
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: "Use small letters, digits and single hyphens, such as paused-campaigns.",
  })
  .max(50, { error: "Use at most 50 characters." })
  .refine((slug) => !z.uuid().safeParse(slug).success, { error: "An address is no id: use words." });

export const pageOperators = ["eq", "ne", "gte", "lte", "like"] as const;
const Value = z.string({ error: "Give a value, as text." }).min(1, { error: "Give a value." }).max(500);

export const PageFilter = z.strictObject({
  field: z.string({ error: "Name the filter." }).max(100),
  operator: z.enum(pageOperators, { error: `Choose one of: ${pageOperators.join(", ")}.` }),
  /** More than one means "any of". */
  values: z.array(Value).min(1, { error: "Give at least one value." }).max(50),
});
export type PageFilter = z.infer<typeof PageFilter>;

const PageSort = z.strictObject({
  field: z.string({ error: "Name the field." }).max(100),
  order: z.enum(["asc", "desc"], { error: "Choose asc or desc." }),
});

/** Where the page is in the navigation. */
export const menuPlaces = ["main", "amazon", "admin", "none"] as const;
export const menuWords: Record<(typeof menuPlaces)[number], string> = {
  main: "With the main pages",
  amazon: "Under Amazon",
  admin: "Under Admin",
  none: "Not in the navigation",
};

/** Who sees the page besides those who make pages. Both must hold; an empty one asks for nothing. */
const SeenBy = z.strictObject({
  permission: z.enum(grantable, { error: "There is no such permission." }).nullable(),
  /** Built-in roles by name, the agency's own by id. */
  roles: z.array(z.string().max(60)).max(50),
});

const fields = {
  slug: Slug,
  title: Title,
  description: z.string().trim().max(200, { error: "Use at most 200 characters." }),
  resource: z.string({ error: "Choose what the page lists." }).max(60),
  /** Fields of the resource, in the order of the columns. */
  columns: z.array(z.string().max(100)).min(1, { error: "Choose at least one column." }).max(60),
  filters: z.array(PageFilter).max(20, { error: "Use at most 20 filters." }),
  sort: PageSort.nullable(),
  /** Custom actions that are offered for its rows. */
  actions: z.array(id).max(20, { error: "Offer at most 20 actions." }),
  seenBy: SeenBy,
  menu: z.enum(menuPlaces, { error: `Choose one of: ${menuPlaces.join(", ")}.` }),
};

/** A page as it is written in JSON. */
export const PageDefinition = z.strictObject(fields);
export type PageDefinition = z.infer<typeof PageDefinition>;

export const PageCreate = PageDefinition.extend({
  description: fields.description.default(""),
  filters: fields.filters.default([]),
  sort: fields.sort.default(null),
  actions: fields.actions.default([]),
  seenBy: fields.seenBy.default({ permission: null, roles: [] }),
  menu: fields.menu.default("main"),
});
export const PageUpdate = PageDefinition.partial().extend({
  id,
  version: z.int({ error: "Give the version you saw." }),
});
export const PageMove = z.strictObject({ id });

export const CustomPage = PageDefinition.extend({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  version: z.number().int(),
});
export type CustomPage = z.infer<typeof CustomPage>;

/** A page as it stands in the navigation. */
export type PagePlace = Pick<CustomPage, "slug" | "title" | "menu">;

/** What of a resource's description a page is judged by. */
export interface ListShape {
  fields: readonly { key: string; sortable: boolean }[];
  filters: readonly {
    key: string;
    kind: "id" | "text" | "date" | "number" | "boolean" | "enum";
    values?: readonly { value: string }[] | undefined;
  }[];
}

/** A list of records, as pages and actions know it. */
export interface ListedResource extends ListShape {
  name: string;
  title: string;
  fields: readonly { key: string; kind: string; sortable: boolean }[];
  /** Needed to read it. */
  permission: string;
  /** Whether its records can be named one by one. */
  findable: boolean;
}

export interface PageSurroundings {
  /** Null: there is no list of this name. */
  list: ListShape | null;
  /** The agency's actions. */
  actions: readonly { id: string; resource: string }[];
  /** Names of all lists. */
  lists: readonly string[];
  /** Ids of all roles; null where they are not known here. */
  roles: readonly string[] | null;
}

const among = (what: string, known: readonly string[]): string =>
  known.length === 0 ? `There is no ${what} here.` : `There is no such ${what}. There are: ${known.join(", ")}.`;

/** Why the page cannot be, by the path of the part at fault; empty where it can. */
export function problemsOfPage(page: PageDefinition, around: PageSurroundings): Record<string, string> {
  const { list, lists, actions, roles } = around;
  if (!list) return { resource: among("list", lists) };
  const keys = list.fields.map(({ key }) => key);
  const sortable = list.fields.filter((field) => field.sortable).map(({ key }) => key);
  const found: Record<string, string> = {};
  page.columns.forEach((column, index) => {
    if (!keys.includes(column)) found[`columns.${index}`] = among("column", keys);
    else if (page.columns.indexOf(column) !== index) found[`columns.${index}`] = `${column} is named twice.`;
  });
  for (const [index, filter] of page.filters.entries()) Object.assign(found, problemsOfFilter(filter, list, index));
  if (page.sort && !sortable.includes(page.sort.field)) found["sort.field"] = among("field to sort by", sortable);
  page.actions.forEach((action, index) => {
    const known = actions.find((one) => one.id === action);
    if (!known) found[`actions.${index}`] = "There is no such action.";
    else if (known.resource !== page.resource) found[`actions.${index}`] = `This action is for ${known.resource}.`;
  });
  page.seenBy.roles.forEach((role, index) => {
    if (roles && !roles.includes(role)) found[`seenBy.roles.${index}`] = "There is no such role.";
  });
  return found;
}

function problemsOfFilter(filter: PageFilter, list: ListShape, index: number): Record<string, string> {
  const at = `filters.${index}`;
  const known = list.filters.find(({ key }) => key === filter.field);
  if (!known) {
    return {
      [`${at}.field`]: among(
        "filter",
        list.filters.map(({ key }) => key),
      ),
    };
  }
  const kind = known.kind === "enum" ? (known.values ?? []).map(({ value }) => value) : known.kind;
  const found: Record<string, string> = {};
  filter.values.forEach((value, place) => {
    const problem = filterProblem(kind, filter.operator, value);
    if (!problem) return;
    const isComparison = problem.startsWith("this comparison");
    found[isComparison ? `${at}.operator` : `${at}.values.${place}`] = `${filter.field}: ${problem}.`;
  });
  return found;
}
