import { Input, Select } from "antd";
import { useState } from "react";
import { Field } from "~/pages/field";
import { type CronForm, cronOfForm, formOfCron, weekdays } from "./cron-forms";

interface CronFieldProps {
  value: string;
  onChange(cron: string): void;
  problem?: string | undefined;
}

const kinds: { value: CronForm["kind"]; label: string }[] = [
  { value: "daily", label: "Every day" },
  { value: "weekly", label: "On days of the week" },
  { value: "monthly", label: "Once a month" },
  { value: "cron", label: "As cron" },
];

const daysOfMonth = [
  ...Array.from({ length: 28 }, (_, index) => ({ value: String(index + 1), label: `Day ${index + 1}` })),
  { value: "L", label: "The last day" },
];

const timeOf = (form: CronForm): string => (form.kind === "cron" ? "06:00" : form.time);

const changedTo = (kind: CronForm["kind"], form: CronForm): CronForm => {
  const time = timeOf(form);
  if (kind === "cron") return { kind, cron: cronOfForm(form) };
  if (kind === "weekly") return { kind, time, days: [1] };
  return kind === "monthly" ? { kind, time, day: "1" } : { kind, time };
};

/** When it is due, as people say it or as cron. */
export function CronField({ value, onChange, problem }: CronFieldProps) {
  // Whoever writes cron goes on writing it, also while what stands there could be said more simply.
  const [asCron, setAsCron] = useState(formOfCron(value).kind === "cron");
  const form: CronForm = asCron ? { kind: "cron", cron: value } : formOfCron(value);
  const set = (next: CronForm) => {
    setAsCron(next.kind === "cron");
    onChange(cronOfForm(next));
  };
  return (
    <Field
      id="amc-cron"
      label="When"
      problem={problem}
      hint={
        form.kind === "cron"
          ? "Minute, hour, day of month, month, day of week. L is the last day of the month."
          : undefined
      }
    >
      <div className="tm-window">
        <Select
          id="amc-cron"
          value={form.kind}
          options={kinds}
          onChange={(kind: CronForm["kind"]) => set(changedTo(kind, form))}
        />
        {form.kind === "weekly" ? (
          <Select
            mode="multiple"
            aria-label="Days of the week"
            value={form.days}
            options={weekdays.map((label, day) => ({ value: day, label }))}
            onChange={(days: number[]) => (days.length > 0 ? set({ ...form, days }) : undefined)}
          />
        ) : null}
        {form.kind === "monthly" ? (
          <Select
            aria-label="Day of the month"
            value={form.day}
            options={daysOfMonth}
            onChange={(day: string) => set({ ...form, day })}
          />
        ) : null}
        {form.kind === "cron" ? (
          <Input
            aria-label="Cron"
            maxLength={100}
            value={form.cron}
            onChange={({ target }) => set({ kind: "cron", cron: target.value })}
          />
        ) : (
          <Input
            type="time"
            aria-label="At"
            value={form.time}
            onChange={({ target }) => (target.value ? set({ ...form, time: target.value }) : undefined)}
          />
        )}
      </div>
    </Field>
  );
}
