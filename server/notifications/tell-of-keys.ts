import type { Ctx } from "../core/context";
import type { KeyExpiring } from "../workspace/key-contract";
import { tell } from "./tell";
import { momentWords, oneLine, sentences } from "./words";

/** To the owner of the key alone: nobody else can rotate it. */
export async function tellKeyExpiring(
  ctx: Ctx,
  { keyId, name, start, ownerId, expiresAt }: KeyExpiring,
): Promise<void> {
  const label = oneLine(name);
  await ctx.tx((tx) =>
    tell(tx, ownerId, {
      kind: "api-key.expiring",
      signal: "attention",
      title: `Your API key "${label}" expires on ${momentWords(expiresAt)}`,
      body: sentences(
        `From then on whatever uses ${start}… is refused`,
        "Rotate it before: you get a new key with the same permissions, and the old one works on until you have put the new one in its place",
      ),
      action: { label: "Open API keys", path: "/api-keys" },
      subject: { type: "api-key", id: keyId, label },
      dedupeKey: `api-key-expiring:${keyId}:${expiresAt}`,
      at: null,
    }),
  );
}
