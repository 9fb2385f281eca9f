// What the browser may know of custom actions: a signed call with a form, and the words to confirm it by.
import { z } from "zod";
import { grantable } from "../workspace/role-contract";

const id = z.uuid({ error: "This is not an id." });

const Label = z
  .string({ error: "Give the action a name." })
  .trim()
  .min(1, { error: "Give the action a name." })
  .max(40, { error: "Use at most 40 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });

export const formKinds = ["text", "lines", "number", "date", "choice", "boolean"] as const;
export const formKindWords: Record<(typeof formKinds)[number], string> = {
  text: "Line of text",
  lines: "Several lines",
  number: "Number",
  date: "Day",
  choice: "One of some choices",
  boolean: "Yes or no",
};

export const FormField = z.strictObject({
  key: z
    .string({ error: "Give the field a key." })
    .regex(/^[a-z][A-Za-z0-9]{0,39}$/, { error: "A key is a small letter, then letters and digits, such as dueDay." }),
  label: z
    .string()
    .trim()
    .min(1, { error: "Give the field a label." })
    .max(60, { error: "Use at most 60 characters." }),
  kind: z.enum(formKinds, { error: `Choose one of: ${formKinds.join(", ")}.` }),
  required: z.boolean({ error: "Say true or false." }),
  choices: z.array(z.string().trim().min(1).max(100)).max(50, { error: "Give at most 50 choices." }).optional(),
});
export type FormField = z.infer<typeof FormField>;

export const mostAtOnce = 200;

const fields = {
  label: Label,
  /** Whose records it is for. */
  resource: z.string({ error: "Choose whose records the action is for." }).max(60),
  /** POST goes there. */
  url: z.string({ error: "Give the address to call." }).trim().max(500, { error: "Use at most 500 characters." }),
  /** The record's fields that are sent, as far as the actor may see them. */
  sends: z.array(z.string().max(100)).max(100),
  form: z.array(FormField).max(20, { error: "Ask for at most 20 fields." }),
  /** `{key}` stands for a field of the form or of the record, `{count}` for how many records there are. */
  confirm: z
    .string({ error: "Say what the person confirms." })
    .trim()
    .min(1, { error: "Say what the person confirms." })
    .max(500, { error: "Use at most 500 characters." }),
  /** Needed for the record's brand, besides using actions at all. */
  permission: z.enum(grantable, { error: "There is no such permission." }),
  timeoutSeconds: z
    .int({ error: "Give whole seconds." })
    .min(1, { error: "Give at least 1 second." })
    .max(30, { error: "Give at most 30 seconds." }),
};

/** An action as it is written in JSON. */
export const ActionDefinition = z.strictObject(fields);
export type ActionDefinition = z.infer<typeof ActionDefinition>;

export const ActionCreate = ActionDefinition.extend({
  sends: fields.sends.default([]),
  form: fields.form.default([]),
  permission: fields.permission.default("actions.write"),
  timeoutSeconds: fields.timeoutSeconds.default(10),
});
export const ActionUpdate = ActionDefinition.partial().extend({
  id,
  version: z.int({ error: "Give the version you saw." }),
});
export const ActionMove = z.strictObject({ id });
export const ActionRotate = z.strictObject({
  id,
  /** The old secret signs too until then; left out: for another day. A moment that has passed ends it at once. */
  oldSignsUntil: z.iso.datetime({ error: "Give a moment in UTC, such as 2027-01-31T12:00:00Z." }).optional(),
});
export const ActionUse = z.strictObject({
  id,
  recordIds: z
    .array(z.string().min(1).max(200))
    .min(1, { error: "Choose at least one record." })
    .max(mostAtOnce, { error: `At most ${mostAtOnce} records at once.` }),
  input: z.record(z.string().max(40), z.unknown()).default({}),
});

export const CustomAction = ActionDefinition.extend({
  id: z.string(),
  label: z.string(),
  /** Until when the secret before this one signs too. */
  formerUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  version: z.number().int(),
});
export type CustomAction = z.infer<typeof CustomAction>;

/** The secret itself is told only here: the database keeps it sealed. */
export type CustomActionSecret = CustomAction & { secret: string };

/** What whoever may use an action needs to know of it. */
export type OfferedAction = Pick<CustomAction, "id" | "label" | "form" | "confirm" | "permission">;

const placeholder = /\{(\w+)\}/g;

/** Why the action cannot be, by the path of the part at fault. `list` is null where there is no such list of records. */
export function problemsOfAction(
  action: ActionDefinition,
  list: { fields: readonly { key: string }[] } | null,
): Record<string, string> {
  if (!list) return { resource: "There is no such list, or its records cannot be named one by one." };
  const keys = list.fields.map(({ key }) => key);
  const found: Record<string, string> = {};
  action.sends.forEach((key, index) => {
    if (!keys.includes(key)) found[`sends.${index}`] = `There is no field "${key}". There are: ${keys.join(", ")}.`;
  });
  action.form.forEach(({ key, kind, choices }, index) => {
    const isTaken = key === "count" || keys.includes(key) || action.form.findIndex((one) => one.key === key) < index;
    if (isTaken) found[`form.${index}.key`] = `Another field is called ${key} already: take another key.`;
    if (kind === "choice" && !choices?.length) found[`form.${index}.choices`] = "Give at least one choice.";
  });
  const known = ["count", ...action.form.map(({ key }) => key), ...keys];
  const unknown = [...action.confirm.matchAll(placeholder)].find(([, key = ""]) => !known.includes(key));
  if (unknown) found.confirm = `There is no field ${unknown[0]}. There are: ${known.join(", ")}.`;
  return found;
}

const SHOWN = 3;

/** The text to confirm, filled: several records are named up to three, an empty field is a dash. */
export function confirmWords(
  confirm: string,
  { records, input }: { records: readonly Record<string, unknown>[]; input: Record<string, unknown> },
): string {
  return confirm.replace(placeholder, (whole, key: string) => {
    if (key === "count") return String(records.length);
    if (Object.hasOwn(input, key)) return wordOf(input[key]);
    const values = records.filter((record) => Object.hasOwn(record, key)).map((record) => wordOf(record[key]));
    if (values.length === 0) return records.length > 0 ? "–" : whole;
    const distinct = [...new Set(values)];
    const more = distinct.length - SHOWN;
    return more > 0 ? `${distinct.slice(0, SHOWN).join(", ")} and ${more} more` : distinct.join(", ");
  });
}

function wordOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (value === true) return "yes";
  if (value === false) return "no";
  return Array.isArray(value) ? value.map(wordOf).join(", ") : String(value);
}

const day = z.iso.date();

/** What was filled in, as it is sent, or why it cannot be, by the key of the field. */
export function readForm(
  form: readonly FormField[],
  input: Record<string, unknown>,
): { values: Record<string, unknown>; problems: Record<string, string> } {
  const problems: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(input)) {
    if (!form.some((field) => field.key === key)) problems[key] = "This field is not asked for; remove it.";
  }
  for (const field of form) {
    const value = (Object.hasOwn(input, field.key) ? input[field.key] : null) ?? "";
    const problem = value === "" ? (field.required ? `Fill in ${field.label}.` : null) : problemOf(field, value);
    if (problem) problems[field.key] = problem;
    values[field.key] = value === "" ? null : value;
  }
  return { values, problems };
}

function problemOf({ kind, label, choices = [] }: FormField, value: unknown): string | null {
  switch (kind) {
    case "text":
      return typeof value === "string" && value.length <= 200 ? null : `${label} is at most 200 characters of text.`;
    case "lines":
      return typeof value === "string" && value.length <= 4000 ? null : `${label} is at most 4,000 characters of text.`;
    case "number":
      return typeof value === "number" && Number.isFinite(value) ? null : `${label} must be a number.`;
    case "date":
      return day.safeParse(value).success ? null : `${label} must be a day such as 2026-11-20.`;
    case "choice":
      return choices.includes(value as string) ? null : `${label} must be one of: ${choices.join(", ")}.`;
    case "boolean":
      return typeof value === "boolean" ? null : `${label} must be true or false.`;
    default:
      return kind satisfies never;
  }
}
