// Columns of a list, from the description of its resource alone.
import type { BaseRecord } from "@refinedev/core";
import type { ReactNode } from "react";
import type { FieldDescription, ResourceDescription } from "#server/api/describe";
import { destinations } from "~/destinations";
import { ReferenceName } from "~/lists/described-fields";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/columns";
import { Time } from "~/ui/time";
import { Count, Day, HiddenFigure, Money, Percent } from "~/ui/values";

export type Row = BaseRecord & { id?: string };

/** A campaign's numbers lie one step deeper than its other fields. */
export const rowValue = (row: Row, key: string): unknown =>
  row[key] ?? (row.values as Record<string, unknown> | undefined)?.[key] ?? null;

const numeric: readonly FieldDescription["kind"][] = ["money", "number", "percent"];

/** The columns named, in that order; what the resource no longer has is left out. */
export function describedColumns(
  { name, fields }: ResourceDescription,
  keys: readonly string[],
  moneyBrands: "all" | readonly string[],
): Column<Row>[] {
  const show = destinations.find((one) => one.name === name)?.paths.show;
  return keys.flatMap((key, index) => {
    const field = fields.find((one) => one.key === key);
    if (!field) return [];
    const content = (row: Row) => <Value field={field} row={row} moneyBrands={moneyBrands} />;
    return [
      {
        key,
        title: field.label,
        ...(field.unit ? { unit: field.unit } : {}),
        numeric: !field.many && numeric.includes(field.kind),
        sort: field.sortable,
        narrow: index < 3,
        ...(index === 0 ? { width: 240 } : {}),
        render: (row: Row) =>
          index === 0 && show && row.id !== undefined ? (
            <Link to={show.replace(":id", encodeURIComponent(String(row.id)))}>{content(row)}</Link>
          ) : (
            content(row)
          ),
      },
    ];
  });
}

interface ValueProps {
  field: FieldDescription;
  row: Row;
  moneyBrands: "all" | readonly string[];
}

function Value({ field, row, moneyBrands }: ValueProps) {
  const value = rowValue(row, field.key);
  const brandId = typeof row.brandId === "string" ? row.brandId : String(row.id);
  if (value === null && field.kind === "money" && moneyBrands !== "all" && !moneyBrands.includes(brandId)) {
    return <HiddenFigure why="You may not see this brand's money. Ask an owner or admin of your agency." />;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? <Nothing /> : value.map((one) => wordOf(field, one)).join(", ");
  }
  return one(field, row, value);
}

const Nothing = () => <span className="tm-muted">–</span>;

function one(field: FieldDescription, row: Row, value: unknown): ReactNode {
  const isEmpty = value === null || value === undefined || value === "";
  switch (field.kind) {
    case "money":
      return <Money micros={value as string | null} currency={String(rowValue(row, field.currency ?? "") ?? "")} />;
    case "number":
      return <Count value={value as number | null} />;
    case "percent":
      return <Percent ratio={value as number | null} />;
    case "date":
      return isEmpty ? <Nothing /> : <Day day={String(value)} />;
    case "moment":
      return <Time at={isEmpty ? null : String(value)} none="–" />;
    case "reference":
      return isEmpty ? <Nothing /> : <ReferenceName resource={field.reference ?? ""} id={String(value)} />;
    case "boolean":
    case "enum":
    case "text":
      return isEmpty ? <Nothing /> : wordOf(field, value);
    default:
      return field.kind satisfies never;
  }
}

function wordOf({ values, kind }: FieldDescription, value: unknown): string {
  if (kind === "boolean") return value === true ? "Yes" : "No";
  return values?.find((known) => known.value === value)?.label ?? String(value);
}
