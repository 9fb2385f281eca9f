import type { UpdateOutcome } from "../amazon";

export type ItemError = UpdateOutcome<unknown>["error"][number]["errors"][number];

/** Amazon names the field by its place in the request. */
const places: [RegExp, string][] = [
  [/\]\.budgets\b/, "Budget"],
  [/\]\.bid\b/, "Base bid"],
  [/startDateTime$/, "Start"],
  [/endDateTime$/, "End"],
  [/\]\.flights\b/, "Flights"],
  [/\]\.name$/, "Name"],
  [/\]\.state$/, "State"],
];

/** Amazon's words, with our word for the field before them: "Budget: must be from 0.01 to 1000000000". */
export function errorWords({ code, message, fieldLocation }: ItemError): string {
  const field = places.find(([place]) => place.test(fieldLocation ?? ""))?.[1];
  return `${field ? `${field}: ` : ""}${message || code}`;
}
