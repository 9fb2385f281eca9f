// POST ends the session. A GET only leads home: links and previews must not sign anybody out.
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { submitSignOut } from "./sign-out.server";

export const loader = () => redirect("/");
export const action = (args: ActionFunctionArgs) => submitSignOut(args);
