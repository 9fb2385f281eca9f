// Cron as people say it: daily, on weekdays, on a day of the month; else as it is written.

export type CronForm =
  | { kind: "daily"; time: string }
  | { kind: "weekly"; time: string; days: number[] }
  /** 29, 30 and 31 are left out of months that have none; `L` is the last day. */
  | { kind: "monthly"; time: string; day: string }
  | { kind: "cron"; cron: string };

export const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

const simple = /^(\d{1,2}) (\d{1,2}) (\*|L|\d{1,2}) \* (\*|[0-6](?:,[0-6])*)$/;

export function formOfCron(cron: string): CronForm {
  const [, minute, hour, day, week] = simple.exec(cron.trim().replaceAll(/\s+/g, " ")) ?? [];
  if (!minute || !hour || !day || !week || (day !== "*" && week !== "*")) return { kind: "cron", cron };
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (day !== "*") return { kind: "monthly", time, day };
  return week === "*" ? { kind: "daily", time } : { kind: "weekly", time, days: week.split(",").map(Number) };
}

export function cronOfForm(form: CronForm): string {
  if (form.kind === "cron") return form.cron;
  const [hour = 0, minute = 0] = form.time.split(":").map(Number);
  switch (form.kind) {
    case "daily":
      return `${minute} ${hour} * * *`;
    case "weekly":
      return `${minute} ${hour} * * ${[...form.days].sort((a, b) => a - b).join(",")}`;
    case "monthly":
      return `${minute} ${hour} ${form.day} * *`;
    default:
      return form satisfies never;
  }
}

export function cronWords(cron: string): string {
  const form = formOfCron(cron);
  switch (form.kind) {
    case "daily":
      return `Every day at ${form.time}`;
    case "weekly":
      return `${form.days.map((day) => `${weekdays[day]}s`).join(", ")} at ${form.time}`;
    case "monthly":
      return `On ${form.day === "L" ? "the last day" : `day ${form.day}`} of each month at ${form.time}`;
    case "cron":
      return `Cron ${form.cron}`;
    default:
      return form satisfies never;
  }
}
