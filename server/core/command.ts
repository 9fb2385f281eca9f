// A write. Parsing, permission, transaction and audit row happen here, so that none of the four can be forgotten.
import type { z } from "zod";
import type { Actor, AuditEntry, Ctx, Permission, TxCtx } from "./context";
import { AppError, notFound } from "./errors";

export interface CommandSpec<I extends z.ZodType, O> {
  /** `noun.verb`, unique. */
  name: string;
  permission: Permission;
  input: I;
  /** The brand the permission is needed for; left out: the permission is needed for all brands. */
  brandOf?(input: z.output<I>, ctx: TxCtx): Promise<string | null | "anyBrand"> | string | null | "anyBrand";
  /** Allowed also while the actor looks through another's eyes. */
  whileViewing?: true;
  /** What to write to the audit log; `null` only where nothing changed. */
  run(ctx: TxCtx, input: z.output<I>): Promise<{ result: O; audit: AuditEntry | AuditEntry[] | null }>;
}

export interface Command<I extends z.ZodType = z.ZodType, O = unknown> {
  (ctx: Ctx, input: z.input<I>): Promise<O>;
  spec: CommandSpec<I, O>;
}

const registry = new Map<string, Command>();

export function command<I extends z.ZodType, O>(spec: CommandSpec<I, O>): Command<I, O> {
  const run = async (ctx: Ctx, input: z.input<I>) => {
    const parsed = parseInput(spec.input, input);
    if (ctx.viewingAs && !spec.whileViewing) throw readOnly(ctx.viewingAs.name);
    return ctx.tx(async (tx) => {
      await requirePermission(tx, spec, parsed);
      const { result, audit } = await spec.run(tx, parsed);
      for (const entry of [audit ?? []].flat()) await tx.audit(entry);
      return result;
    });
  };
  const made: Command<I, O> = Object.assign(run, { spec });
  registry.set(spec.name, made as unknown as Command);
  return made;
}

/** Every command that has been loaded; tests walk it. */
export const allCommands = (): Command[] => [...registry.values()];

/** Parses at the edge: one message a field, with the field's path as key. */
export function parseInput<I extends z.ZodType>(schema: I, input: unknown): z.output<I> {
  const parsed = schema.safeParse(input);
  const fields = fieldsWithNul(input);
  if (parsed.success && Object.keys(fields).length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      fields[path.join(".") || "body"] ??=
        issue.code === "unrecognized_keys" ? "This field is not known here; remove it." : issue.message;
    }
  }
  const names = Object.keys(fields).join(", ");
  throw new AppError("invalid", `Some input is not valid: ${names}.`, { fields, remedy: "Correct the fields named." });
}

/** Postgres keeps no NUL in text. */
function fieldsWithNul(input: unknown, path: string[] = []): Record<string, string> {
  if (typeof input === "string" && input.includes("\0")) {
    return { [path.join(".") || "body"]: "This text holds a NUL character; remove it." };
  }
  if (typeof input !== "object" || input === null) return {};
  return Object.assign({}, ...Object.entries(input).map(([key, value]) => fieldsWithNul(value, [...path, key])));
}

async function requirePermission<I extends z.ZodType, O>(tx: TxCtx, spec: CommandSpec<I, O>, input: z.output<I>) {
  const brand = spec.brandOf ? await spec.brandOf(input, tx) : undefined;
  if (tx.can(spec.permission, brand)) return;
  // Who does not even see the brand is not told that it is there.
  const unseen = brand && brand !== "anyBrand" && tx.brandIds !== "all" && !tx.brandIds.includes(brand);
  if (unseen && tx.can(spec.permission, "anyBrand")) throw notFound("This record");
  throw forbidden(spec.permission, tx.actor);
}

const readOnly = (name: string) =>
  new AppError("forbidden", `You look through the eyes of ${name}: nothing can be changed meanwhile.`, {
    remedy: "Leave their view first, with the button above each page.",
  });

export const forbidden = (permission: Permission, actor?: Actor) =>
  actor?.kind === "key"
    ? new AppError("forbidden", `This API key has no permission "${permission}" here.`, {
        remedy:
          "Use a key that was made with it, by somebody who still holds it. Keys cannot look after people's own accounts or keys.",
      })
    : new AppError("forbidden", `You need the permission "${permission}" for this.`, {
        remedy: "Ask an owner or admin of your agency to change your role under People.",
      });
