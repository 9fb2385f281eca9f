import { AppError } from "../core/errors";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";

/**
 * Checks a new password and hashes it. Call it before opening a transaction: it takes a while.
 * @param about words others know of the person: name, address, agency
 * @throws {AppError} invalid, with the reason under `password`
 */
export async function prepareNewPassword(password: string, about: readonly string[]): Promise<string> {
  const problem = passwordProblem(password, about);
  if (problem) throw new AppError("invalid", problem, { fields: { password: problem } });
  return hashPassword(password);
}
