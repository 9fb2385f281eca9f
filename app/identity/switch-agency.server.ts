import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { switchAgency } from "#server/identity";
import { orFailure } from "~/page-data.server";
import { textOf } from "./answer.server";

export async function submitSwitch({ request, context }: ActionFunctionArgs) {
  const agencyId = textOf(await request.formData(), "agencyId");
  const { setCookie } = await orFailure(context, () => switchAgency(context.identity, agencyId, context.visitor));
  return redirect("/", { headers: { "set-cookie": setCookie } });
}
