import { AppError } from "../core/errors";

/** @throws {AppError} invalid, with each problem at its place */
export function requireSound(what: string, problems: Record<string, string>): void {
  const places = Object.keys(problems);
  if (places.length === 0) return;
  throw new AppError("invalid", `The ${what} cannot be so: ${places.join(", ")}.`, {
    fields: problems,
    remedy: "Correct the parts named.",
  });
}

/** Somebody else saved first. */
export const stale = (what: string, present: object): AppError =>
  new AppError("conflict", `Somebody has changed this ${what} since you opened it.`, {
    remedy: "Open it again and make your change anew.",
    present,
  });
