import type { ActionFunctionArgs } from "@remix-run/node";
import { errorBody, toAppError } from "#server/api/error-body";
import { statusOf } from "#server/core/errors";

/** Answers as the API does, so that the page reads refusals in one way. */
export async function storeUpload({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  const { requestId, identity, look } = context;
  try {
    const bytes = Buffer.from(await request.arrayBuffer());
    return json(await look.upload(params.id ?? "", bytes), 201);
  } catch (thrown) {
    const error = toAppError(thrown, identity.log.child({ requestId }));
    return json(errorBody(error, requestId), statusOf(error.code));
  }
}

const json = (body: unknown, status: number) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
  });
