// Answers of the forms that need no signed-in person: a cookie and a redirect, or the form again with what was wrong.
import { type AppLoadContext, data, redirect } from "@remix-run/node";
import { type Fields, failureFrom } from "~/page-data.server";

export interface Refusal {
  failure: { message: string; remedy?: string | undefined } | null;
  fields: Fields;
  /** What was typed, but for passwords. */
  typed: Record<string, string>;
}

interface Answer {
  context: AppLoadContext;
  typed: Record<string, string>;
  /** Where to go afterwards; a path of this site. */
  to: string;
  /** May itself say where to go. */
  work(): Promise<{ setCookie: string | string[]; to?: string }>;
}

/** @throws the redirect that signs in */
export async function answerForm({ context, typed, to: otherwise, work }: Answer) {
  let setCookie: string | string[];
  let to: string;
  try {
    ({ setCookie, to = otherwise } = await work());
  } catch (error) {
    const { message, remedy, status, fields } = failureFrom(error, context);
    const named = Object.keys(fields).length > 0;
    const refusal: Refusal = { failure: named ? null : { message, remedy }, fields, typed };
    return data(refusal, { status });
  }
  const headers = new Headers([setCookie].flat().map((line) => ["set-cookie", line] as [string, string]));
  throw redirect(to, { headers });
}

export const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};
