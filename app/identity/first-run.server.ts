import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { createFirstAgency, isFirstRun } from "#server/workspace";
import { orFailure } from "~/page-data.server";
import { answerForm, textOf } from "./answer.server";

export async function loadFirstRun({ context }: LoaderFunctionArgs) {
  if (!(await orFailure(context, () => isFirstRun(context.identity)))) throw data(null, { status: 404 });
  return { sandbox: context.environment === "sandbox" };
}

export async function submitFirstRun({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const typed = { agencyName: textOf(form, "agencyName"), name: textOf(form, "name"), email: textOf(form, "email") };
  return answerForm({
    context,
    typed,
    to: "/",
    work: () => createFirstAgency(context.identity, { ...typed, password: textOf(form, "password") }, context.visitor),
  });
}
