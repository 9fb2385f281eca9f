// Moments, spans and counts as messages print them: whole sentences for people, always with the zone.

const day = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit" });

/** "20 Nov 2026, 09:12 UTC". */
export function momentWords(iso: string): string {
  const moment = new Date(iso);
  return `${day.format(moment)}, ${clock.format(moment)} UTC`;
}

const minuteMs = 60_000;
const units = [
  ["d", 24 * 60],
  ["h", 60],
  ["min", 1],
] as const;

/** The two largest units: "2 h 10 min", "3 d 4 h", "less than a minute". */
export function spanWords(from: string, to: string): string {
  let minutes = Math.floor((Date.parse(to) - Date.parse(from)) / minuteMs);
  if (!(minutes >= 1)) return "less than a minute";
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(minutes / size);
    minutes -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(" ");
}

export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;

/** Names and reasons come from elsewhere: without control characters they can be in a title and in a mail's header. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

/** Sentences as one paragraph; what is missing is left out, and each ends with a stop. */
export const sentences = (...parts: (string | null | undefined | false)[]): string =>
  parts
    .map((part) => (part ? oneLine(part) : ""))
    .filter(Boolean)
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(" ");

/** Paragraphs as the lines of a body. */
export const paragraphs = (...parts: string[]): string => parts.filter(Boolean).join("\n");
