// POST goes to another agency of the same person. A GET only leads home.
import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { submitSwitch } from "./switch-agency.server";

export const loader = () => redirect("/");
export const action = (args: ActionFunctionArgs) => submitSwitch(args);
