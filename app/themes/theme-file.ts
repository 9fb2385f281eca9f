// A theme as a file: its logos travel inside, so that another agency or installation can take it.
import { logoUrl, ThemeFile, type ThemeSettings } from "#server/workspace/theme-contract";
import type { ApiError } from "~/providers/data";

/** What the server said of a picture. */
interface StoredLogo {
  id: string;
  width: number;
  height: number;
}

/** @throws {ApiError} with the reason */
export async function uploadLogo(themeId: string, picture: Blob): Promise<StoredLogo> {
  const response = await fetch(`/themes/${encodeURIComponent(themeId)}/logo`, {
    method: "POST",
    body: picture,
    headers: { "content-type": "application/octet-stream" },
  });
  const answer: unknown = await response.json().catch(() => ({ message: `The server answered ${response.status}.` }));
  if (!response.ok) throw answer as ApiError;
  return answer as StoredLogo;
}

export async function toFile(settings: ThemeSettings): Promise<Blob> {
  const { logo, ...rest } = settings;
  const [light, dark] = await Promise.all([dataUrlOf(logo.light), dataUrlOf(logo.dark)]);
  const file: ThemeFile = { tidemarkTheme: 1, settings: rest, logo: { light, dark } };
  return new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" });
}

/** @throws {Error} with what is wrong with the file */
export async function fromFile(themeId: string, text: string): Promise<ThemeSettings> {
  const parsed = ThemeFile.safeParse(readJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`This is no theme file: ${issue?.path.join(".") || "the whole"}: ${issue?.message ?? ""}`);
  }
  const { settings, logo } = parsed.data;
  const upload = async (url: string | null) => (url ? (await uploadLogo(themeId, blobOf(url))).id : null);
  return { ...settings, logo: { light: await upload(logo.light), dark: await upload(logo.dark) } };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("This is no theme file: it is not JSON.");
  }
}

async function dataUrlOf(imageId: string | null): Promise<string | null> {
  if (!imageId) return null;
  const bytes = new Uint8Array(await (await fetch(logoUrl(imageId))).arrayBuffer());
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))}`;
}

const blobOf = (dataUrl: string): Blob => {
  const text = atob(dataUrl.slice(dataUrl.indexOf(",") + 1));
  return new Blob([Uint8Array.from(text, (char) => char.charCodeAt(0))], { type: "image/png" });
};
