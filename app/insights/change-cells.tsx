// Cells of campaigns and ad groups that can be changed where they stand. What is changed goes into the draft.
import type { ReactNode } from "react";
import type { ChangeEntity, ChangeField } from "#server/insights/change-contract";
import { EditableCell, ToggleCell } from "~/ui/editable-cell";
import { formatDay } from "~/ui/format";
import { parseMoney } from "~/ui/parse-money";
import { StatusTag } from "~/ui/status-tag";
import { Money } from "~/ui/values";
import { useView } from "~/ui/view";
import { amountText, dayIn, fieldWords, stateWords, valueWords } from "./change-words";
import { useDraft } from "./draft";
import { HiddenMoney } from "./metric-value";

/** A campaign or an ad group, with what its account says of money and days. */
export interface CellOf {
  entity: ChangeEntity;
  row: {
    id: string;
    name: string;
    state: string;
    budget: string | null;
    baseBid?: string | null;
    startsAt: string | null;
    endsAt: string | null;
    currency: string;
    /** Fields whose money this person may not see. */
    hidden: string[];
  };
  timeZone: string;
}

function useCell({ entity, row, timeZone }: CellOf, field: ChangeField) {
  const { mayEdit, edit, pendingOf } = useDraft();
  const { locale } = useView();
  const pending = pendingOf(entity, row.id)[field];
  const value = row[field] ?? null;
  const place = { currency: row.currency, timeZone, locale };
  return {
    editable: mayEdit && (row.state === "ENABLED" || row.state === "PAUSED"),
    value: pending ?? value,
    was: pending === undefined ? null : valueWords(field, value, place),
    label: `${fieldWords[field]} of ${row.name}`,
    set: (values: Record<string, string>) => void edit({ entity, ids: [row.id], set: values }),
    raise: (percent: number) => {
      if (field === "budget" || field === "baseBid") void edit({ entity, ids: [row.id], raise: { field, percent } });
    },
    locale,
  };
}

export function NameCell({ of, children }: { of: CellOf; children: ReactNode }) {
  const cell = useCell(of, "name");
  return (
    <span className="tm-name-cell">
      {children}
      {cell.was === null ? null : <span className="tm-name-new">→ {cell.value}</span>}
      {cell.editable ? (
        <EditableCell
          pen
          label={cell.label}
          text={cell.value ?? ""}
          was={cell.was}
          check={(text) => (text.trim() === "" ? "Give a name." : null)}
          onKeep={(name) => cell.set({ name })}
        >
          {cell.value}
        </EditableCell>
      ) : null}
    </span>
  );
}

/** @param children the status as it is shown while nothing is changed */
export function StateCell({ of, children }: { of: CellOf; children: ReactNode }) {
  const cell = useCell(of, "state");
  if (!cell.editable) return children;
  const isOn = cell.value === "ENABLED";
  return (
    <ToggleCell
      act={`${isOn ? "Pause" : "Enable"} ${of.row.name}`}
      was={cell.was}
      onToggle={() => cell.set({ state: isOn ? "PAUSED" : "ENABLED" })}
    >
      {cell.was === null ? (
        children
      ) : (
        <StatusTag signal={isOn ? "info" : "paused"}>{stateWords[cell.value ?? ""] ?? cell.value}</StatusTag>
      )}
    </ToggleCell>
  );
}

interface MoneyCellProps {
  of: CellOf;
  field: "budget" | "baseBid";
  show: "code" | "none";
}

export function MoneyCell({ of, field, show }: MoneyCellProps) {
  const cell = useCell(of, field);
  const { currency } = of.row;
  if (of.row.hidden.length > 0) return <HiddenMoney />;
  const shown = <Money micros={cell.value} currency={currency} show={show} />;
  if (!cell.editable || cell.value === null) return shown;
  const read = (text: string) => parseMoney(text, { currency, locale: cell.locale });
  return (
    <EditableCell
      label={`${cell.label}, ${currency}`}
      text={amountText(cell.value)}
      was={cell.was}
      check={(text) => {
        const typed = read(text);
        return typed.kind === "wrong" ? typed.message : null;
      }}
      onKeep={(text) => {
        const typed = read(text);
        if (typed.kind === "amount") cell.set({ [field]: typed.micros });
        if (typed.kind === "percent") cell.raise(typed.percent);
      }}
    >
      {shown}
    </EditableCell>
  );
}

export function DayCell({ of, field }: { of: CellOf; field: "startsAt" | "endsAt" }) {
  const cell = useCell(of, field);
  const day = dayIn(cell.value, of.timeZone);
  const shown = day ? formatDay(day, { locale: cell.locale }) : <span className="tm-muted">none</span>;
  if (!cell.editable || !day) return shown;
  return (
    <EditableCell
      type="date"
      label={`${cell.label}, ${of.timeZone}`}
      text={day}
      was={cell.was}
      check={(text) => (text === "" ? "Choose a day." : null)}
      onKeep={(text) => cell.set({ [field === "startsAt" ? "startsOn" : "endsOn"]: text })}
    >
      {shown}
    </EditableCell>
  );
}
