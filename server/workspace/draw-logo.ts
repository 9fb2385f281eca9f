// Draws an uploaded picture anew: what is kept and shown is a PNG of our own making, of a bounded size.
import { createHash } from "node:crypto";
import { AppError } from "../core/errors";
import { checkSvg } from "./check-svg";
import { type ImageHead, readImageHead } from "./read-image";
import { mostLogoBytes } from "./theme-contract";

export interface Logo {
  /** SHA-256 (hex) of the bytes. */
  id: string;
  width: number;
  height: number;
  bytes: Buffer;
}

/** Pixels a picture may have before it is decoded: 4 bytes each. */
const mostPixels = 4_000_000;
const mostWidth = 640;
const mostHeight = 240;
/** A strip of a few pixels is no logo. */
const widestRatio = 20;

/** @throws {AppError} invalid, with the reason under `logo` */
export async function drawLogo(bytes: Buffer): Promise<Logo> {
  if (bytes.length === 0) throw refused("The file is empty.");
  if (bytes.length > mostLogoBytes)
    throw refused(`The file has ${bytes.length} bytes; at most ${mostLogoBytes} (1 MB) are taken.`);
  const head = headOf(bytes);
  const { width, height } = head;
  if (head.kind !== "svg" && width * height > mostPixels) {
    throw refused(`The picture has ${width} × ${height} pixels; at most ${mostPixels / 1e6} million are taken.`);
  }
  const ratio = width / height;
  if (ratio > widestRatio || ratio < 1 / widestRatio) throw refused("The picture is too narrow for a logo.");
  const room = Math.min(mostWidth / width, mostHeight / height);
  // Pixels are never enlarged; an SVG has none.
  const scale = head.kind === "svg" ? room : Math.min(1, room);
  return draw(bytes, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
}

async function draw(bytes: Buffer, width: number, height: number): Promise<Logo> {
  const { createCanvas, loadImage } = await import("@napi-rs/canvas");
  const canvas = createCanvas(width, height);
  try {
    canvas.getContext("2d").drawImage(await loadImage(bytes), 0, 0, width, height);
  } catch (error) {
    throw refused("The picture cannot be read; it may be damaged.", error);
  }
  const png = canvas.toBuffer("image/png");
  return { id: createHash("sha256").update(png).digest("hex"), width, height, bytes: png };
}

function headOf(bytes: Buffer): ImageHead {
  const head = readImageHead(bytes);
  if (head) return head;
  const start = bytes.toString("utf8", 0, 300);
  if (!/^\uFEFF?\s*<(?:\?xml|!|svg)/i.test(start)) {
    throw refused("This is no PNG, JPEG, WebP or SVG picture, whatever its name says.");
  }
  const text = bytes.toString("utf8");
  if (text.includes("\uFFFD") || text.includes("\0")) throw refused("This SVG is not UTF-8 text.");
  const checked = checkSvg(text);
  if ("refused" in checked) {
    throw refused(`This SVG is not taken. ${checked.refused} Upload a PNG, or export it as plain paths.`);
  }
  return { kind: "svg", ...checked };
}

const refused = (reason: string, cause?: unknown) =>
  new AppError("invalid", reason, { fields: { logo: reason }, remedy: "Choose another file.", cause });
