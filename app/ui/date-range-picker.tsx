import { CalendarOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Popover, Radio } from "antd";
import { useState } from "react";
import { useUrlParams } from "~/providers/router";
import { CurrencyPicker } from "./currency-picker";
import { DEFAULT_RANGE, daysOf, type ResolvedRange, rangePresets } from "./date-range";
import { formatDay } from "./format";
import { useView } from "./view";

const spanWords = (from: string, to: string, locale: string): string => {
  if (from === to) return formatDay(from, { locale });
  const isOneYear = from.slice(0, 4) === to.slice(0, 4);
  return `${formatDay(from, { locale, year: !isOneYear })} – ${formatDay(to, { locale })}`;
};

/** The days of a range in words: "22 Oct – 20 Nov 2026". */
export function useRangeWords(): (days: { from: string; to: string }) => string {
  const { locale } = useView();
  return ({ from, to }) => spanWords(from, to, locale);
}

function CustomRange({ range, onRange }: { range: ResolvedRange; onRange: (text: string) => void }) {
  const [from, setFrom] = useState(range.from);
  const [to, setTo] = useState(range.to);
  const text = `${from}..${to}`;
  const valid = daysOf(text, to) !== null;
  return (
    <form
      className="tm-custom-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onRange(text);
      }}
    >
      <label htmlFor="tm-from">
        From
        <Input id="tm-from" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label htmlFor="tm-to">
        To
        <Input
          id="tm-to"
          type="date"
          value={to}
          onChange={(event) => setTo(event.target.value)}
          status={valid ? "" : "error"}
        />
      </label>
      {valid ? null : <p role="alert">The first day must come before the last, at most 800 days apart.</p>}
      <Button htmlType="submit" disabled={!valid}>
        Show these days
      </Button>
    </form>
  );
}

const dayMs = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** What the numbers are compared with, and whether at the same age. */
function Comparing({ range }: { range: ResolvedRange }) {
  const [, setParams] = useUrlParams();
  const words = useRangeWords();
  const before = { from: shifted(range.from, -range.days), to: shifted(range.from, -1) };
  const year = Math.ceil(range.days / 364) * 364;
  const yearBefore = { from: shifted(range.from, -year), to: shifted(range.to, -year) };
  return (
    <fieldset className="tm-compare">
      <legend>Compare with</legend>
      <Radio.Group
        value={range.compared ? range.compare : "none"}
        onChange={({ target }) => setParams({ compare: target.value === "previous" ? null : String(target.value) })}
      >
        <Radio value="previous">{words(before)}, just before</Radio>
        <Radio value="year">{words(yearBefore)}, same weekdays</Radio>
        <Radio value="none">Nothing</Radio>
      </Radio.Group>
      <Checkbox
        checked={range.sameAge}
        disabled={!range.compared}
        onChange={({ target }) => setParams({ age: target.checked ? "same" : null })}
      >
        At the same age: as they stood when they were as young as these days are now
      </Checkbox>
    </fieldset>
  );
}

interface DateRangePickerProps {
  range: ResolvedRange;
  /** The zone of the days. */
  zone?: string | undefined;
  /** Whether the page can show its money in one currency. */
  converts?: boolean;
}

/** The range and comparison of a page, and the currency of its money, kept in the URL. */
export function DateRangePicker({ range, zone, converts = false }: DateRangePickerProps) {
  const [open, setOpen] = useState(false);
  const [, setParams] = useUrlParams();
  const words = useRangeWords();
  const choose = (id: string) => {
    setOpen(false);
    setParams({ range: id === DEFAULT_RANGE ? null : id });
  };
  const menu = (
    <div className="tm-range">
      <ul>
        {rangePresets.map(({ id, label }) => (
          <li key={id}>
            <button type="button" aria-pressed={id === range.id} onClick={() => choose(id)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
      <div>
        <CustomRange key={range.id} range={range} onRange={choose} />
        <Comparing range={range} />
        {converts ? (
          <div className="tm-range-currency">
            <span>Money in</span>
            <CurrencyPicker currency={range.currency} />
          </div>
        ) : null}
        {zone ? <p className="tm-muted">Days in {zone}</p> : null}
      </div>
    </div>
  );
  return (
    <Popover
      content={menu}
      trigger="click"
      open={open}
      onOpenChange={setOpen}
      placement="bottomRight"
      // Next to its button for the tab key too.
      getPopupContainer={(button) => button.parentElement ?? document.body}
    >
      <Button className="tm-range-open" icon={<CalendarOutlined />} aria-expanded={open}>
        <span className="tm-range-label">{range.label}</span>
        <span className="tm-range-days">{words(range)}</span>
        {converts && range.currency ? <span>in {range.currency}</span> : null}
      </Button>
    </Popover>
  );
}
