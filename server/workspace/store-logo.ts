import { z } from "zod";
import { command, forbidden } from "../core/command";
import { type Ctx, isTx } from "../core/context";
import { drawLogo, type Logo } from "./draw-logo";
import { brandIdOf, ownerOf } from "./list-themes";
import { insertImage } from "./theme-store";

const storeLogo = command({
  name: "theme.upload-logo",
  permission: "themes.write",
  input: z.strictObject({ id: z.string().max(60), logo: z.custom<Logo>((value) => typeof value === "object") }),
  brandOf: ({ id }) => brandIdOf(id),
  run: async (tx, { id, logo }) => {
    const { brandId, name } = await ownerOf(tx, id);
    await insertImage(tx, { ...logo, createdAt: tx.now() });
    return {
      result: { id: logo.id, width: logo.width, height: logo.height },
      audit: {
        action: "theme.logo_uploaded",
        target: { type: "theme", id, label: name },
        brandId,
        after: { logo: logo.id, width: logo.width, height: logo.height },
      },
    };
  },
});

/** Re-encodes a picture and keeps it; nothing shows it until it is in a theme's settings. @throws {AppError} invalid, with the reason */
export async function uploadLogo(ctx: Ctx, { id, bytes }: { id: string; bytes: Buffer }) {
  if (isTx(ctx)) throw new Error("Drawing takes time: upload outside the transaction.");
  // A picture is not even looked at for who may not keep it.
  if (!ctx.can("themes.write", brandIdOf(id))) throw forbidden("themes.write");
  return storeLogo(ctx, { id, logo: await drawLogo(bytes) });
}
