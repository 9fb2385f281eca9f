// The sign-in page's script speaks to this address; a GET has nothing to show.
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { submitPasskey } from "./passkey-sign-in.server";

export const loader = () => redirect("/sign-in");
export const action = (args: ActionFunctionArgs) => submitPasskey(args);
