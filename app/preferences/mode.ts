import { type ActionFunctionArgs, data } from "@remix-run/node";
import { isModeChoice, modeCookie } from "~/mode";

/** POST mode=light|dark|system: remembers how this browser wants to see the product. */
export async function action({ request }: ActionFunctionArgs) {
  const choice = (await request.formData()).get("mode");
  if (!isModeChoice(choice)) {
    return data({ message: "Mode must be light, dark or system." }, { status: 400 });
  }
  return data({ mode: choice }, { headers: { "set-cookie": modeCookie(choice) } });
}
