import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { awaitsSecondFactor, completeSignIn } from "#server/identity";
import { orFailure } from "~/page-data.server";
import { answerForm, textOf } from "./answer.server";
import { targetOf } from "./sign-in.server";

export async function loadSecondFactor({ request, context }: LoaderFunctionArgs) {
  const awaited = await orFailure(context, () => awaitsSecondFactor(context.identity, context.visitor));
  if (!awaited) throw redirect(`/sign-in?to=${encodeURIComponent(targetOf(request))}`);
  return null;
}

export async function submitSecondFactor({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  return answerForm({
    context,
    typed: {},
    to: targetOf(request),
    work: () => completeSignIn(context.identity, { code: textOf(form, "code") }, context.visitor),
  });
}
