import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { signOut } from "#server/identity";

export async function submitSignOut({ context }: ActionFunctionArgs) {
  const { setCookie } = await signOut(context.identity, context.visitor);
  return redirect("/sign-in", { headers: { "set-cookie": setCookie } });
}
