import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { signIn } from "#server/identity";
import { isFirstRun } from "#server/workspace";
import { orFailure } from "~/page-data.server";
import { viewerOrNobody } from "~/root.server";
import { safeInternalPath } from "~/safe-path";
import { answerForm, textOf } from "./answer.server";

export const targetOf = (request: Request): string =>
  safeInternalPath(new URL(request.url).searchParams.get("to"), request.url);

export async function loadSignIn({ request, context }: LoaderFunctionArgs) {
  if (await viewerOrNobody(context)) throw redirect(targetOf(request));
  if (await orFailure(context, () => isFirstRun(context.identity))) throw redirect("/first-run");
  const query = new URL(request.url).searchParams;
  return {
    sandbox: context.environment === "sandbox",
    returning: query.has("to"),
    passwordSet: query.has("password-set"),
    to: targetOf(request),
  };
}

export async function submitSignIn({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = textOf(form, "email");
  const to = targetOf(request);
  return answerForm({
    context,
    typed: { email },
    to,
    work: async () => {
      const given = { email, password: textOf(form, "password") };
      const { setCookie, next } = await signIn(context.identity, given, context.visitor);
      return next ? { setCookie, to: `/sign-in/code?to=${encodeURIComponent(to)}` } : { setCookie };
    },
  });
}
