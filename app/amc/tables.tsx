// Tables that a question reads, and whether an instance has them.
import type { AmcInstance } from "#server/amc/contract";
import type { AmcTemplate } from "#server/amc/template-contract";
import { StatusTag } from "~/ui/status-tag";

/** None where the instance's tables were not looked at yet. */
export const missingTables = (needed: readonly string[], { tables }: Pick<AmcInstance, "tables">): string[] =>
  tables.length === 0 ? [] : needed.filter((table) => !tables.includes(table));

interface TablesTagProps extends Pick<AmcTemplate, "tables" | "paidTables"> {
  /** Null: nobody chose one. */
  instance: AmcInstance | null;
}

/** Whether the instance can answer; without one, which tables cost extra. */
export function TablesTag({ tables, paidTables, instance }: TablesTagProps) {
  if (!instance) {
    return paidTables.length > 0 ? (
      <StatusTag signal="info" why={`Amazon sells access to ${paidTables.join(", ")}.`}>
        Needs a paid table
      </StatusTag>
    ) : (
      <StatusTag signal="info" why={tables.join(", ")}>
        {tables.length === 1 ? "1 table" : `${tables.length} tables`}
      </StatusTag>
    );
  }
  if (instance.tables.length === 0) return <StatusTag signal="waiting">Tables not looked at yet</StatusTag>;
  const missing = missingTables(tables, instance);
  return missing.length > 0 ? (
    <StatusTag signal="attention" why={`${instance.name} lacks ${missing.join(", ")}.`}>
      {missing.length === 1 ? "1 table is missing" : `${missing.length} tables are missing`}
    </StatusTag>
  ) : (
    <StatusTag signal="ok" why={`${instance.name} has ${tables.join(", ")}.`}>
      All tables are there
    </StatusTag>
  );
}
