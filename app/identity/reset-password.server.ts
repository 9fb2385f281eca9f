import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { openReset, resetPassword } from "#server/identity";
import { failureFrom, orFailure } from "~/page-data.server";
import { textOf } from "./answer.server";

export async function loadReset({ params, context }: LoaderFunctionArgs) {
  const good = await orFailure(context, () => openReset(context.identity, params.key ?? ""));
  // The address is a secret: it must not stay in a cache, and must not be told to another site.
  return data({ good }, { status: good ? 200 : 404, headers: secretAddress });
}

const secretAddress = { "cache-control": "no-store", "referrer-policy": "same-origin" };

export async function submitReset({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  try {
    const given = { key: params.key ?? "", password: textOf(form, "password") };
    await resetPassword(context.identity, given, context.visitor);
  } catch (error) {
    const { message, remedy, status, fields } = failureFrom(error, context);
    const named = Object.keys(fields).length > 0;
    return data({ failure: named ? null : { message, remedy }, fields }, { status });
  }
  throw redirect("/sign-in?password-set=1", { headers: { "set-cookie": context.identity.cookies.clear() } });
}
