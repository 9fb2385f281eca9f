import { Radio } from "antd";

const hourMs = 3_600_000;

export const usualOverlapHours = 24;

const overlaps = [
  { value: 0, label: "Stop at once" },
  { value: 1, label: "Work for another hour" },
  { value: 24, label: "Work for another day" },
  { value: 7 * 24, label: "Work for another week" },
];

/** The moment that ends an overlap of so many hours. */
export const overlapEnd = (hours: number): string => new Date(Date.now() + hours * hourMs).toISOString();

interface OverlapProps {
  /** Of the element that says what shall stop. */
  labelledBy: string;
  hours: number;
  onChange: (hours: number) => void;
}

/** How long what is replaced works beside what takes its place. */
export function Overlap({ labelledBy, hours, onChange }: OverlapProps) {
  return (
    <Radio.Group
      className="tm-radio-lines"
      aria-labelledby={labelledBy}
      value={hours}
      onChange={({ target }) => onChange(target.value)}
      options={overlaps}
    />
  );
}
