import type { z } from "zod";
import { forbidden, parseInput } from "../../core/command";
import type { Ctx, Permission } from "../../core/context";
import { AppError } from "../../core/errors";

/** Like a command, but of many: each record runs in a transaction of its own, so that one refusal holds nobody else up. */
export interface Operation<I extends z.ZodType = z.ZodType, O = unknown> {
  (ctx: Ctx, input: z.input<I>): Promise<O>;
  spec: Spec<I>;
}

interface Spec<I extends z.ZodType> {
  name: string;
  permission: Permission;
  /** Whether the permission is needed for all brands; else it is asked for again with each record. */
  ofAgency?: boolean;
  input: I;
}

export function operation<I extends z.ZodType, O>(
  spec: Spec<I>,
  run: (ctx: Ctx, input: z.output<I>) => Promise<O>,
): Operation<I, O> {
  const checked = async (ctx: Ctx, input: z.input<I>) => {
    if (!ctx.can(spec.permission, spec.ofAgency ? undefined : "anyBrand")) throw forbidden(spec.permission);
    return run(ctx, parseInput(spec.input, input));
  };
  return Object.assign(checked, { spec });
}

export interface Refusal {
  reason: string;
  remedy?: string;
  errors?: Record<string, string>;
}

/** What a person is told of one record that could not be done. Failures of ours end the whole request instead. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof AppError) || ["internal", "unavailable"].includes(error.code)) throw error;
  const fields = Object.values(error.fields ?? {});
  return {
    reason: fields.length > 0 ? fields.join(" ") : error.message,
    ...(error.remedy ? { remedy: error.remedy } : {}),
    ...(error.fields ? { errors: error.fields } : {}),
  };
}
