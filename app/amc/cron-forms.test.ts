import { expect, test } from "vitest";
import { cronOfForm, cronWords, formOfCron } from "./cron-forms";

test("a simple cron comes back from its form, and is said in words", () => {
  const said = {
    "0 6 * * *": "Every day at 06:00",
    "30 14 * * 1,4": "Mondays, Thursdays at 14:30",
    "5 0 1 * *": "On day 1 of each month at 00:05",
    "0 6 L * *": "On the last day of each month at 06:00",
  };
  for (const [cron, words] of Object.entries(said)) {
    expect(cronOfForm(formOfCron(cron))).toBe(cron);
    expect(cronWords(cron)).toBe(words);
  }
});

test("what has no simple form stays as it is written", () => {
  for (const cron of ["*/15 * * * *", "0 6 1 * 1", "0 6 * 3 *", "0 6 * * 1-5"]) {
    expect(formOfCron(cron)).toEqual({ kind: "cron", cron });
    expect(cronOfForm(formOfCron(cron))).toBe(cron);
  }
});

test("days of the week go in their order, however they were chosen", () => {
  expect(cronOfForm({ kind: "weekly", time: "06:00", days: [5, 1] })).toBe("0 6 * * 1,5");
});
