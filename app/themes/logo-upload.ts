import type { ActionFunctionArgs } from "@remix-run/node";
import { storeUpload } from "./logo-upload.server";

/** POST /themes/<id>/logo with the picture as its body. */
export const action = (args: ActionFunctionArgs) => storeUpload(args);

export const loader = () => new Response("Send a picture.", { status: 405, headers: { allow: "POST" } });
