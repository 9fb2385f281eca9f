// /api/v1/*: hands the request to server/api.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";

const answer = ({ request, context, params }: LoaderFunctionArgs | ActionFunctionArgs): Promise<Response> =>
  context.api(request, params["*"] ?? "");

export const loader = answer;
export const action = answer;
