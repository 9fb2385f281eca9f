import { randomUUID } from "node:crypto";
import type { Answer } from "./rig";

/** An id of the same shape that names nothing. */
export function madeUp(id: string): string {
  if (/^[0-9a-f-]{36}$/.test(id)) return randomUUID();
  if (id.includes(":")) return id.split(":").map(madeUp).join(":");
  if (/^\d+$/.test(id)) return id.replace(/\d(?=\d{6})/g, "9");
  return [...id].reverse().join("");
}

const perAnswer = [
  /"?requestId"?[\\":]+[0-9a-f-]{36}/g,
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
  /nonce[=:\\"]+[A-Za-z0-9+/=]+/g,
  /20\d\d-\d\d-\d\dT[\d:.]+Z/g,
];

/** Where two answers part; null: they are the same to the last letter, but for what is new in each: ids, the nonce, the moment. */
export function differenceOf(one: Answer, other: Answer): string | null {
  if (one.status !== other.status) return `${one.status} and ${other.status}`;
  const [a, b] = [plain(one.text), plain(other.text)];
  if (a === b) return null;
  let at = 0;
  while (a[at] === b[at]) at++;
  const near = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `${near(a)} and ${near(b)}`;
}

const plain = (text: string): string => perAnswer.reduce((rest, pattern) => rest.replace(pattern, "_"), text);
