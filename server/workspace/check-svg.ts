// Which SVG files may be drawn at all. Only pixels survive, so this protects the drawing itself: nothing that runs, reaches
// outside the file, or multiplies itself.

const allowed = new Set(
  "svg g path rect circle ellipse line polyline polygon defs lineargradient radialgradient stop clippath title desc metadata style".split(
    " ",
  ),
);
const remedies: Record<string, string> = {
  script: "It holds a script.",
  foreignobject: "It holds foreign content (foreignObject).",
  image: "It holds another picture.",
  use: "It repeats parts by reference (use).",
  text: "It holds text, which needs fonts: turn it into outlines.",
};

const mostReferences = 8;
const mostElements = 5000;

/** @returns the SVG's size in its own units, or why it is refused, in a sentence */
export function checkSvg(source: string): { width: number; height: number } | { refused: string } {
  if (/<!(?!--)/.test(source)) return { refused: "It declares a document type or entities." };
  const text = source.replace(/<!--[\s\S]*?-->/g, "").replace(/^\uFEFF?\s*<\?xml[^<>]*\?>/, "");
  if (text.includes("<?") || text.includes("<!")) return { refused: "It holds processing instructions." };
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,6}|#x[0-9a-f]{1,6});)/i.test(text)) return { refused: "It uses entities." };
  const tags = [...text.matchAll(/<\s*\/?\s*([\w:.-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/g)];
  if (tags.length === 0 || tags.length !== [...text.matchAll(/</g)].length)
    return { refused: "It is not well-formed." };
  if (tags.length > 2 * mostElements) return { refused: `It has more than ${mostElements} elements.` };
  const refused = refusedTag(tags) ?? refusedReference(text);
  if (refused) return { refused };
  const root = tags[0];
  if (root?.[1]?.toLowerCase() !== "svg") return { refused: "It does not begin with an svg element." };
  return sizeOf(root[2] ?? "") ?? { refused: "It does not say its size (viewBox, or width and height)." };
}

function refusedTag(tags: RegExpMatchArray[]): string | null {
  for (const [, name = "", attributes = ""] of tags) {
    const plain = name.toLowerCase().replace(/^svg:/, "");
    if (!allowed.has(plain))
      return remedies[plain] ?? `It holds an element that logos do not need (${name || "unnamed"}).`;
    for (const [, attribute = "", value = ""] of attributes.matchAll(/([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
      if (/^on/i.test(attribute)) return `It holds a script (${attribute}).`;
      const isLink = /^(?:[\w-]+:)?(?:href|src)$/i.test(attribute);
      if (isLink && !/^["']#/.test(value)) return "It refers to something outside the file.";
    }
  }
  return null;
}

function refusedReference(text: string): string | null {
  // A backslash or an entity can spell any of the words below.
  const plain = text.replace(/&#x([0-9a-f]+);|&#(\d+);/gi, (_, hex?: string, decimal?: string) =>
    String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(hex ?? decimal ?? "0", hex ? 16 : 10))),
  );
  if (plain.includes("\\")) return "It escapes characters in its styles.";
  if (/@|expression\s*\(|javascript:/i.test(plain)) return "It holds style rules that reach outside the file.";
  if (/url\(\s*(?!["']?#[\w-])/i.test(plain)) return "It refers to something outside the file.";
  const clips = [...plain.matchAll(/clip-path|mask|filter|marker/gi)].length;
  if (clips > mostReferences) return `It clips in more than ${mostReferences} places.`;
  return null;
}

function sizeOf(attributes: string): { width: number; height: number } | null {
  const box = /viewBox\s*=\s*["']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+([\d.e]+)[\s,]+([\d.e]+)\s*["']/i.exec(attributes);
  const length = (name: string) =>
    new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']\\s*([\\d.]+)(?:px)?\\s*["']`, "i").exec(attributes);
  const width = Number(box?.[1] ?? length("width")?.[1] ?? 0);
  const height = Number(box?.[2] ?? length("height")?.[1] ?? 0);
  return width > 0 && height > 0 && Number.isFinite(width / height) ? { width, height } : null;
}
