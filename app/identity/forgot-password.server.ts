import { type ActionFunctionArgs, data } from "@remix-run/node";
import { askForReset } from "#server/identity";
import { failureFrom } from "~/page-data.server";
import { textOf } from "./answer.server";

export async function submitForgotten({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const email = textOf(form, "email");
  try {
    // What is done for an address that is known is not waited for: the answer says nothing of it.
    await askForReset(context.identity, { email }, context.visitor);
    return data({ asked: email, failure: null, fields: {} as Record<string, string> });
  } catch (error) {
    const { message, remedy, status, fields } = failureFrom(error, context);
    const named = Object.keys(fields).length > 0;
    return data({ asked: null, failure: named ? null : { message, remedy }, fields }, { status });
  }
}
