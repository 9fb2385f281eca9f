import { z } from "zod";
import { readShape } from "../json";
import type { Wire } from "../wire";

/** Who consented. Needs the scope `profile`. */
export const UserProfile = z
  .object({ user_id: z.string().min(1), name: z.string().nullish(), email: z.string().nullish() })
  .transform(({ user_id, name, email }) => ({ userId: user_id, name: name ?? undefined, email: email ?? undefined }));
export type UserProfile = z.output<typeof UserProfile>;

/** Documented on `https://api.amazon.com` alone, which is the token host of NA, for consents of any region. */
export function readUserProfile(
  wire: Wire,
  { accessToken, signal }: { accessToken: string; signal?: AbortSignal },
): Promise<UserProfile> {
  return wire.http.call(
    {
      region: "NA",
      operation: "lwa.userProfile",
      method: "GET",
      url: new URL("/user/profile", wire.hosts.NA.tokenUrl).toString(),
      headers: { authorization: `Bearer ${accessToken}` },
      timeoutMs: wire.tokenTimeoutMs,
      signal,
    },
    ({ body, facts }) => readShape(UserProfile, body, facts),
  );
}
