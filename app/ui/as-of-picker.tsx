// The moment as of which a page shows its numbers, kept in the URL.
import { HistoryOutlined } from "@ant-design/icons";
import { Button, Input, Popover } from "antd";
import { useState } from "react";
import { useUrlParam } from "~/providers/router";
import { useView } from "./view";

const hourMs = 3_600_000;
const offered = [
  { label: "A day ago", hours: 24 },
  { label: "A week ago", hours: 7 * 24 },
  { label: "30 days ago", hours: 30 * 24 },
];

/** What `datetime-local` takes, in the viewer's zone. */
const localText = (moment: Date): string =>
  new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

export function AsOfPicker({ asOf }: { asOf: string | null }) {
  const [open, setOpen] = useState(false);
  const [, setAsOf] = useUrlParam("asof");
  const { now } = useView();
  const choose = (moment: Date | null) => {
    setOpen(false);
    setAsOf(moment ? moment.toISOString() : null);
  };
  const menu = (
    <div className="tm-as-of-menu">
      <ul>
        <li>
          <button type="button" aria-pressed={asOf === null} onClick={() => choose(null)}>
            Now
          </button>
        </li>
        {offered.map(({ label, hours }) => (
          <li key={label}>
            <button type="button" aria-pressed={false} onClick={() => choose(new Date(now.getTime() - hours * hourMs))}>
              {label}
            </button>
          </li>
        ))}
      </ul>
      <Moment asOf={asOf} onMoment={choose} />
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
      <Button
        className="tm-as-of-open"
        icon={<HistoryOutlined />}
        aria-label={asOf ? "Seen as of an earlier moment: change" : "See the numbers as of an earlier moment"}
        data-tip={open ? undefined : "As of an earlier moment"}
        aria-expanded={open}
        {...(asOf ? { type: "primary" as const, ghost: true } : {})}
      />
    </Popover>
  );
}

function Moment({ asOf, onMoment }: { asOf: string | null; onMoment: (moment: Date) => void }) {
  const { now } = useView();
  const [text, setText] = useState(localText(asOf ? new Date(asOf) : now));
  const moment = new Date(text);
  const valid = !Number.isNaN(moment.getTime()) && moment <= now;
  return (
    <form
      className="tm-custom-range"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) onMoment(moment);
      }}
    >
      <label htmlFor="tm-as-of">
        As they stood at
        <Input
          id="tm-as-of"
          type="datetime-local"
          value={text}
          max={localText(now)}
          onChange={(event) => setText(event.target.value)}
          status={valid ? "" : "error"}
        />
      </label>
      {valid ? null : <p role="alert">Choose a moment in the past.</p>}
      <p className="tm-muted">In {Intl.DateTimeFormat().resolvedOptions().timeZone}</p>
      <Button htmlType="submit" disabled={!valid}>
        Show them so
      </Button>
    </form>
  );
}
