import { expect, test } from "vitest";
import { type ActionDefinition, confirmWords, type FormField, problemsOfAction, readForm } from "./action-contract";

const form: FormField[] = [
  { key: "reason", label: "Reason", kind: "choice", required: true, choices: ["Budget", "Season"] },
  { key: "note", label: "Note", kind: "text", required: false },
  { key: "share", label: "Share", kind: "number", required: false },
  { key: "day", label: "Day", kind: "date", required: false },
  { key: "urgent", label: "Urgent", kind: "boolean", required: false },
];
const anAction = (over: Partial<ActionDefinition> = {}): ActionDefinition => ({
  label: "Ask for a pause",
  resource: "campaigns",
  url: "https://hooks.example.com",
  sends: ["name"],
  form,
  confirm: "Ask to pause {name} for {reason}?",
  permission: "actions.write",
  timeoutSeconds: 10,
  ...over,
});
const list = { fields: [{ key: "name" }, { key: "state" }] };

test("the text to confirm names one record, up to three, and how many more", () => {
  const records = ["A", "B", "C", "D", "E"].map((name) => ({ name, state: null }));
  const words = (count: number, text: string, input = {}) =>
    confirmWords(text, { records: records.slice(0, count), input });
  expect(words(1, "Pause {name} for {reason}?", { reason: "Budget" })).toBe("Pause A for Budget?");
  expect(words(3, "{count}: {name}")).toBe("3: A, B, C");
  expect(words(5, "{count}: {name}")).toBe("5: A, B, C and 2 more");
  expect(words(2, "{state}, {note}", { note: "" })).toBe("–, –");
  expect(words(1, "{urgent} {name}", { urgent: true })).toBe("yes A");
});

test("what is filled into the text is not read as a placeholder again", () => {
  const words = confirmWords("{note} of {name}", { records: [{ name: "{note} $& A" }], input: { note: "{name}" } });
  expect(words).toBe("{name} of {note} $& A");
});

test("a text, a field to send and a form that do not fit are told at their place", () => {
  expect(problemsOfAction(anAction(), list)).toEqual({});
  const wrong = anAction({
    confirm: "Pause {nmae}?",
    sends: ["name", "cost"],
    form: [
      { key: "state", label: "State", kind: "text", required: true },
      { key: "why", label: "Why", kind: "choice", required: true },
      { key: "why", label: "Why", kind: "text", required: true },
    ],
  });
  expect(problemsOfAction(wrong, list)).toEqual({
    "sends.1": 'There is no field "cost". There are: name, state.',
    "form.0.key": "Another field is called state already: take another key.",
    "form.1.choices": "Give at least one choice.",
    "form.2.key": "Another field is called why already: take another key.",
    confirm: "There is no field {nmae}. There are: count, state, why, why, name, state.",
  });
  expect(Object.keys(problemsOfAction(anAction(), null))).toEqual(["resource"]);
});

test("a form is read by its kinds; what is missing, wrong or not asked for is named", () => {
  expect(readForm(form, { reason: "Budget", share: 0.5, day: "2026-11-20", urgent: false })).toEqual({
    values: { reason: "Budget", note: null, share: 0.5, day: "2026-11-20", urgent: false },
    problems: {},
  });
  const { problems } = readForm(form, { note: 3, share: "much", day: "soon", urgent: "yes", constructor: 1 });
  expect(problems).toEqual({
    constructor: "This field is not asked for; remove it.",
    reason: "Fill in Reason.",
    note: "Note is at most 200 characters of text.",
    share: "Share must be a number.",
    day: "Day must be a day such as 2026-11-20.",
    urgent: "Urgent must be true or false.",
  });
  expect(readForm(form, { reason: "Whim" }).problems).toEqual({ reason: "Reason must be one of: Budget, Season." });
});
