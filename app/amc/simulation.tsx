// What a schedule would do: its next slots on three clocks, how full Amazon would be, and what down-time would do.

import { Alert, Button } from "antd";
import {
  type MissedPolicy,
  missedWords,
  type Simulation as Simulated,
  type SimulatedSlot,
} from "#server/amc/schedule-contract";
import type { ApiError } from "~/providers/data";
import { Facts } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
import { StatusTag } from "~/ui/status-tag";
import { useHydrated, useView } from "~/ui/view";
import { cronWords } from "./cron-forms";
import { DaysOf } from "./words";

interface SaidProps {
  zone: string;
  missed: MissedPolicy;
  /** Null: the reader may not change it. */
  onSpread: ((cron: string) => void) | null;
}

interface SimulationProps extends SaidProps {
  /** Somebody has chosen where to ask. */
  begun: boolean;
  answer: Simulated | null;
  error: ApiError | null;
  asking: boolean;
}

export function Simulation({ answer, error, asking, begun, ...said }: SimulationProps) {
  return (
    <section className="tm-simulation" aria-label="What it would do" aria-busy={asking}>
      <h2>What it would do</h2>
      {error ? <Alert type="error" showIcon message={error.message} description={error.remedy} /> : null}
      {answer ? <Said answer={answer} {...said} /> : null}
      {!answer && !error ? (
        <p className="tm-muted">
          {begun
            ? "Its next due moments are being worked out."
            : "Choose where to ask, to see when it would run and how full Amazon would be."}
        </p>
      ) : null}
    </section>
  );
}

function Said({ answer, zone, missed, onSpread }: SaidProps & { answer: Simulated }) {
  const { slots, limits, spread, afterDownTime } = answer;
  const most = (of: keyof SimulatedSlot["load"]) => Math.max(0, ...slots.map(({ load }) => load[of]));
  return (
    <>
      <Facts
        items={[
          { label: "Fullest hour of an instance", value: `${most("instance")} of ${limits.perInstance}` },
          { label: "Fullest hour of an account", value: `${most("account")} of ${limits.perAccount}` },
          {
            label: "After six hours without us",
            value: `${afterDownTime[missed]} ${afterDownTime[missed] === 1 ? "run" : "runs"}: ${missedWords[missed].toLowerCase()}`,
          },
        ]}
      />
      {spread ? (
        <Alert
          type="info"
          showIcon
          message="Another hour is emptier"
          description={cronWords(spread)}
          action={onSpread ? <Button onClick={() => onSpread(spread)}>Spread them</Button> : null}
        />
      ) : null}
      <Slots slots={slots} limits={limits} zone={zone} />
    </>
  );
}

const clockOf = (moment: string, { zone, locale }: { zone: string; locale: string }): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(moment));

function Slots({ slots, limits, zone }: Pick<Simulated, "slots" | "limits"> & { zone: string }) {
  const { locale } = useView();
  const hydrated = useHydrated();
  const own = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  const others = [...new Set([own, "UTC"])].filter((one) => one !== zone);
  return (
    <ScrollRegion name="The next due moments" className="tm-answer-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Due, {zone}</th>
            {others.map((one) => (
              <th key={one} scope="col">
                {one === own && one !== "UTC" ? `Yours, ${one}` : one}
              </th>
            ))}
            <th scope="col">Days asked</th>
            <th scope="col" className="tm-numeric">
              Instance, of {limits.perInstance}
            </th>
            <th scope="col" className="tm-numeric">
              Account, of {limits.perAccount}
            </th>
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => (
            <tr key={slot.dueAt}>
              <th scope="row">
                {clockOf(slot.dueAt, { zone, locale })} <Marks slot={slot} />
              </th>
              {others.map((one) => (
                <td key={one}>{clockOf(slot.dueAt, { zone: one, locale })}</td>
              ))}
              <td>
                <DaysOf window={slot.window} />
              </td>
              <td className="tm-numeric">{slot.load.instance}</td>
              <td className="tm-numeric">{slot.load.account}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** What is special about a slot. */
function Marks({ slot: { clockChange, offset, dueAt, dataReadyAt } }: { slot: SimulatedSlot }) {
  return (
    <>
      {clockChange ? (
        <StatusTag signal="attention" why={`The clock goes ${clockChange} on this day; it is ${offset} then.`}>
          Clock change
        </StatusTag>
      ) : null}
      {dataReadyAt > dueAt ? <StatusTag signal="attention">Data not whole yet</StatusTag> : null}
    </>
  );
}
