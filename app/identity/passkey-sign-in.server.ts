import type { ActionFunctionArgs } from "@remix-run/node";
import { toAppError } from "#server/api/error-body";
import { errorAnswer } from "#server/api/handle";
import { beginPasskeySignIn, signInWithPasskey } from "#server/identity";

/** Without a body it asks what to sign; with the authenticator's answer it signs in. */
export async function submitPasskey({ request, context }: ActionFunctionArgs): Promise<Response> {
  const { identity, visitor, requestId } = context;
  try {
    const text = await request.text();
    if (text === "") return Response.json(await beginPasskeySignIn(identity, visitor));
    const { setCookie } = await signInWithPasskey(identity, JSON.parse(text), visitor);
    return Response.json({}, { headers: { "set-cookie": setCookie } });
  } catch (error) {
    const known = toAppError(error, identity.log.child({ requestId }));
    const { status, headers, body } = errorAnswer(known, requestId);
    return new Response(body, { status, headers });
  }
}
