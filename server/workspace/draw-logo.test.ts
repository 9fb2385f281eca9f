// Hostile files: what is kept is drawn by us, and what could hurt the drawing is refused before it.
import { deflateSync } from "node:zlib";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { drawLogo } from "./draw-logo";

const picture = (kind: "image/png" | "image/jpeg" | "image/webp", width = 300, height = 100): Buffer => {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#7a1fa2";
  pen.fillRect(0, 0, width, height);
  return kind === "image/png" ? canvas.toBuffer(kind) : canvas.toBuffer(kind, 90);
};

const svg = (inner: string, attributes = 'viewBox="0 0 120 40"') =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`);

const chunk = (name: string, data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
};

/** 42 kB that would be 16 GB of pixels. */
function bomb(): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(64_000, 0);
  head.writeUInt32BE(64_000, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(42_000_000));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

test.each(["image/png", "image/jpeg", "image/webp"] as const)("%s becomes a PNG of our own", async (kind) => {
  const logo = await drawLogo(picture(kind));
  expect(logo).toMatchObject({ width: 300, height: 100 });
  expect(logo.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect((await loadImage(logo.bytes)).width).toBe(300);
});

test("large pictures are made to fit, the same picture twice is one, and what hangs on a file is left behind", async () => {
  expect(await drawLogo(picture("image/png", 1280, 480))).toMatchObject({ width: 640, height: 240 });
  const evil = Buffer.concat([picture("image/png"), Buffer.from("<script>alert(1)</script>")]);
  const [clean, appended] = [await drawLogo(picture("image/png")), await drawLogo(evil)];
  expect(appended.id).toBe(clean.id);
  expect(appended.bytes.includes("script")).toBe(false);
});

test("a bomb is refused by its size before it is decoded", async () => {
  const bytes = bomb();
  expect(bytes.length).toBeLessThan(60_000);
  const begun = performance.now();
  await expect(drawLogo(bytes)).rejects.toMatchObject({
    code: "invalid",
    fields: { logo: expect.stringContaining("64000 × 64000") },
  });
  expect(performance.now() - begun).toBeLessThan(100);
});

test.each([
  ["more than 1 MB", Buffer.alloc(1024 * 1024 + 1, 1), /1 MB/],
  ["nothing", Buffer.alloc(0), /empty/],
  ["a web page", Buffer.from("<html><script>alert(1)</script></html>"), /no PNG, JPEG, WebP or SVG/],
  ["a GIF", Buffer.from("GIF89a\x01\x00\x01\x00"), /no PNG/],
  ["a program named .png", Buffer.from("MZ\x90\x00"), /no PNG/],
  ["a PNG cut off", picture("image/png").subarray(0, 60), /cannot be read/],
  ["a line", picture("image/png", 900, 3), /too narrow/],
])("%s is refused with the reason", async (_, bytes, reason) => {
  await expect(drawLogo(bytes)).rejects.toMatchObject({
    code: "invalid",
    fields: { logo: expect.stringMatching(reason) },
  });
});

test("a plain SVG is drawn, its style sheet and gradients included", async () => {
  const inner = `<defs><linearGradient id="g"><stop stop-color="#0000ff"/></linearGradient></defs><style>.a{fill:#ff0000}</style>
    <path class="a" d="M0 0h60v40H0z"/><path fill="url(#g)" d="M60 0h60v40H60z"/>`;
  const logo = await drawLogo(svg(inner));
  expect(logo).toMatchObject({ width: 640, height: 213 });
  const canvas = createCanvas(640, 213);
  const pen = canvas.getContext("2d");
  pen.drawImage(await loadImage(logo.bytes), 0, 0);
  expect([...pen.getImageData(20, 20, 1, 1).data]).toEqual([255, 0, 0, 255]);
  expect([...pen.getImageData(600, 200, 1, 1).data]).toEqual([0, 0, 255, 255]);
});

test.each([
  ["a script", svg("<script>fetch('//evil.example')</script>"), /script/],
  ["an event", svg('<path onload="alert(1)" d="M0 0"/>'), /script \(onload\)/],
  ["foreign content", svg("<foreignObject><body/></foreignObject>"), /foreignObject/],
  ["a picture from elsewhere", svg('<image href="http://169.254.169.254/"/>'), /another picture/],
  ["a link", svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'), /element that logos do not need/],
  ["a reference outside", svg('<linearGradient id="a" xlink:href="file:///etc/passwd#a"/>'), /outside the file/],
  ["a style from elsewhere", svg("<style>@import url(http://evil.example)</style>"), /outside the file/],
  ["an address in a style", svg('<path style="fill:url(http://evil.example#a)" d="M0 0"/>'), /outside the file/],
  [
    "the same, spelt in entities",
    svg('<path style="fill:url(&#104;ttp://evil.example)" d="M0 0"/>'),
    /outside the file/,
  ],
  ["the same, escaped", svg("<style>.a{fill:u\\72l(http://evil.example)}</style>"), /escapes/],
  ["parts that multiply", svg('<g id="a"><path d="M0 0"/></g><use href="#a"/>'), /by reference/],
  ["text", svg("<text>Acme</text>"), /outlines/],
  ["no size", svg("<path d='M0 0'/>", ""), /size/],
  ["half a tag", Buffer.from('<svg viewBox="0 0 1 1"><path'), /not well-formed/],
  [
    "entities that multiply",
    Buffer.from(
      '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg viewBox="0 0 1 1">&b;</svg>',
    ),
    /document type or entities/,
  ],
  [
    "an entity from a file",
    Buffer.from('<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg viewBox="0 0 1 1"/>'),
    /document type/,
  ],
])("an SVG with %s is refused with the reason", async (_, bytes, reason) => {
  await expect(drawLogo(bytes)).rejects.toMatchObject({
    code: "invalid",
    fields: { logo: expect.stringMatching(reason) },
  });
});
