import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { signIn } from "#server/identity";
import { isFirstRun } from "#server/workspace";
import { orFailure } from "~/page-data.server";
import { viewerOrNobody } from "~/root.server";
import { safeInternalPath } from "~/safe-path";
import { answerForm, textOf } from "./answer.server";

const targetOf = (request: Request): string =>
  safeInternalPath(new URL(request.url).searchParams.get("to"), request.url);

export async function loadSignIn({ request, context }: LoaderFunctionArgs) {
  if (await viewerOrNobody(context)) throw redirect(targetOf(request));
  if (await orFailure(context, () => isFirstRun(context.identity))) throw redirect("/first-run");
  return { sandbox: context.environment === "sandbox", returning: new URL(request.url).searchParams.has("to") };
}

export async function submitSignIn({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = textOf(form, "email");
  return answerForm({
    context,
    typed: { email },
    to: targetOf(request),
    work: () => signIn(context.identity, { email, password: textOf(form, "password") }, context.visitor),
  });
}
