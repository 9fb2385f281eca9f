// A file sent while it is made. Its last bytes go when the receipt is kept: who has the whole file can have it proved.
import { randomUUID } from "node:crypto";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { readRightsOf } from "../workspace";
import { about } from "./cancel-export";
import type { FormatId } from "./contract";
import { measureFile } from "./measure-file";
import { type PlannedFile, sealManifest } from "./seal-export";
import { insertSent } from "./store";

interface Sending {
  planned: PlannedFile;
  format: FormatId;
  query: string;
}

interface Sent {
  /** Of the receipt, once the file is sent. */
  id: string;
  bytes: AsyncGenerator<Uint8Array>;
}

export function sendExport(ctx: Ctx, { planned, format, query }: Sending): Sent {
  const id = randomUUID();
  const by = askerOf(ctx);
  const file = measureFile(planned, format);
  const bytes = async function* () {
    let held: Uint8Array | null = null;
    for await (const piece of file.bytes) {
      if (held) yield held;
      held = piece;
    }
    await ctx.tx(async (tx) => {
      const measured = file.end();
      const sealed = await sealManifest(tx, { id, by, format, planned, measured });
      const { list } = planned.subject;
      const asked = { list: list.name, title: list.title, query, filename: planned.filename, format };
      const { rows, bytes: size } = measured;
      const rights = readRightsOf(ctx);
      await insertSent(tx, { id, userId: by.id, askedBy: by.name, ...asked, rows, bytes: size, rights, ...sealed });
      const after = { rows, bytes: size, format, sha256: sealed.sha256 };
      await tx.audit({ action: "export.sent", ...about({ id, title: list.title }), after });
      await tx.changed("exports", [id]);
    });
    if (held) yield held;
  };
  return { id, bytes: bytes() };
}

/** The person, or whose key it is. */
function askerOf({ actor }: Pick<Ctx, "actor">): { id: string; name: string } {
  if (actor.kind === "user") return { id: actor.userId, name: actor.name };
  if (actor.kind === "key") return { id: actor.userId, name: `${actor.name} (API key)` };
  throw new AppError("forbidden", "Only a signed-in person or their API key can export a list.");
}
