// What the browser may know of change sets: edits to campaigns and ad groups that are reviewed, then applied at Amazon item by item.
import { z } from "zod";

export const ChangeEntity = z.enum(["campaign", "ad-group"]);
export type ChangeEntity = z.infer<typeof ChangeEntity>;

export const ChangeField = z.enum(["name", "state", "budget", "baseBid", "startsAt", "endsAt"]);
export type ChangeField = z.infer<typeof ChangeField>;

/** Micros as text for money, ISO 8601 in UTC for moments; null where Amazon holds none. */
export const ChangeValues = z.partialRecord(ChangeField, z.string().nullable());
export type ChangeValues = z.infer<typeof ChangeValues>;

/** `problem`: the item will not be sent. `warning`: it will, and a person should look first. */
export const ChangeFinding = z.object({
  kind: z.enum(["problem", "warning"]),
  field: ChangeField.nullable(),
  message: z.string(),
  remedy: z.string().nullable(),
});
export type ChangeFinding = z.infer<typeof ChangeFinding>;

export const itemStates = ["waiting", "sending", "applied", "refused", "unsure", "skipped"] as const;
export const setStates = ["draft", "applying", "applied", "partly", "failed", "discarded"] as const;
export type SetState = (typeof setStates)[number];

const Moment = z.iso.datetime();

export const ChangeItem = z.object({
  /** `<set>:<account>:<campaign or ad-group>:<id at Amazon>` */
  id: z.string(),
  setId: z.uuid(),
  setState: z.enum(setStates),
  accountId: z.uuid(),
  accountName: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  currency: z.string(),
  timeZone: z.string(),
  entity: ChangeEntity,
  /** `<account>:<id at Amazon>` */
  entityId: z.string(),
  name: z.string(),
  /** Of the campaign: itself, or the ad group's. */
  campaignId: z.string(),
  campaignName: z.string(),
  before: ChangeValues,
  after: ChangeValues,
  /** The same fields as Amazon held them when it was last asked. */
  current: ChangeValues,
  state: z.enum(itemStates),
  /** Amazon's code, or ours. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** What a person can do about it. */
  remedy: z.string().nullable(),
  requestId: z.string().nullable(),
  answeredAt: Moment.nullable(),
  /** Who put it together, and who sent it. */
  createdBy: z.string(),
  createdAt: Moment,
  appliedBy: z.string().nullable(),
  /** Of a draft only. */
  findings: z.array(ChangeFinding),
});
export type ChangeItem = z.infer<typeof ChangeItem>;

export const ChangeSet = z.object({
  id: z.uuid(),
  state: z.enum(setStates),
  note: z.string(),
  /** The set whose effect this one takes back. */
  undoes: z.uuid().nullable(),
  /** The set that takes this one's effect back. */
  undoneBy: z.uuid().nullable(),
  createdBy: z.string(),
  createdAt: Moment,
  appliedBy: z.string().nullable(),
  startedAt: Moment.nullable(),
  endedAt: Moment.nullable(),
  version: z.int(),
  /** The reader's own. */
  mine: z.boolean(),
  accounts: z.array(z.string()),
  /** Fields that change, in so many campaigns; items are campaigns and ad groups, by their state. */
  counts: z.object({
    changes: z.int(),
    campaigns: z.int(),
    items: z.int(),
    waiting: z.int(),
    applied: z.int(),
    refused: z.int(),
    unsure: z.int(),
    skipped: z.int(),
  }),
  /** Of a single set only. */
  items: z.array(ChangeItem).optional(),
});
export type ChangeSet = z.infer<typeof ChangeSet>;

/** Codes of items that never left here. */
export const notSent: readonly (string | null)[] = ["BROKE_OFF", "GIVEN_UP"];

/** Whether it can be tried again: Amazon is asked what it holds first, and only what is missing is sent. */
export const mayTryAgain = ({ state, code }: Pick<ChangeItem, "state" | "code">): boolean =>
  state === "unsure" || (state === "refused" && notSent.includes(code));

/** Items of one set, or one campaign's history. */
export const mostItems = 500;

const id = z.uuid({ error: "This is not an id." });
const Micros = z
  .string()
  .regex(/^\d{1,16}$/, { error: "Give the amount in micros: 12.50 is 12500000." })
  .refine((text) => BigInt(text || 0) > 0n, { error: "Give more than nothing." });
const Day = z.iso.date({ error: "Give a day, such as 2026-11-30." });
const Items = z.array(z.string().max(200)).min(1).max(mostItems);

const Wish = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, { error: "Give a name." })
    .max(256, { error: "Use at most 256 characters." })
    .optional(),
  state: z.enum(["ENABLED", "PAUSED"], { error: "Amazon takes ENABLED or PAUSED." }).optional(),
  budget: Micros.optional(),
  baseBid: Micros.optional(),
  /** Days of the account's zone: it starts with the first moment of one and ends with the last of the other. */
  startsOn: Day.optional(),
  endsOn: Day.optional(),
});
export type ChangeWish = z.output<typeof Wish>;

const Raise = z.strictObject({
  field: z.enum(["budget", "baseBid"]),
  /** 10 raises by a tenth, -10 lowers by it. */
  percent: z.number().gt(-100).max(1000).optional(),
  /** Micros; negative lowers. */
  by: z
    .string()
    .regex(/^-?\d{1,16}$/, { error: "Give the amount in micros." })
    .optional(),
});
export type ChangeRaise = z.output<typeof Raise>;

export const ChangeEdit = z
  .strictObject({
    entity: ChangeEntity,
    /** `<account>:<id at Amazon>` */
    ids: z.array(z.string().max(100)).min(1).max(200, { error: "Change at most 200 at once." }),
    set: Wish.optional(),
    raise: Raise.optional(),
  })
  .refine(({ set, raise }) => (set && Object.keys(set).length > 0) || raise, {
    error: "Say what to change.",
    path: ["set"],
  })
  .refine(({ raise }) => !raise || (raise.percent === undefined) !== (raise.by === undefined), {
    error: "Give a percentage or an amount.",
    path: ["raise"],
  });

/** What an edit came to: the draft as it is now, and what could not be changed, with why. */
export interface EditOutcome {
  draft: ChangeSet | null;
  changed: number;
  left: { id: string; name: string; reason: string }[];
}

export const SetId = z.strictObject({ id });
export const SetNote = z.strictObject({
  id,
  note: z.string().trim().max(2000, { error: "Use at most 2000 characters." }),
});
export const SetApply = z.strictObject({ id, version: z.int({ error: "Give the version you saw." }) });
export const SetItems = z.strictObject({ id, items: Items });
