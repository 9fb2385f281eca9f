import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parquetWriteFile } from "hyparquet-writer";
import type { World } from "../world/types";
import { factsOf, sceneOf } from "./advertiser-facts";
import { leafRows, type Numbering, type Row, targetRows } from "./dimensions";
import { FACTS, type Facts, type FactTable } from "./facts";
import { membersOf } from "./segments";

interface FactsOf {
  world: World;
  advertiserId: string;
  people: number;
  asOf: number;
}

/** Writes what happened to one advertiser, and what it points at, as Parquet files in a folder of its own; whole or not at all. */
export async function writeFacts({ world, advertiserId, people, asOf }: FactsOf, folder: string): Promise<void> {
  const advertiser = world.advertisers.find((candidate) => candidate.advertiserId === advertiserId);
  if (!advertiser) throw new Error(`no advertiser ${advertiserId}`);
  const scene = sceneOf(world, advertiser, { people, asOf });
  const from = numberingOf(world, advertiserId);
  const facts = await factsOf(scene, asOf);
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const table of Object.keys(FACTS) as FactTable[]) {
    if (facts.count(table) === 0) continue;
    await setImmediate();
    writeColumns(join(unfinished, `${table}.parquet`), facts, { table, from });
  }
  writeRows(join(unfinished, "leaf.parquet"), leafRows(scene.leaves, from));
  writeRows(join(unfinished, "sponsoredTarget.parquet"), targetRows(scene.targets, from, advertiser));
  const { person, segment } = membersOf(scene.setting.panel);
  const columns = { person, segment };
  parquetWriteFile({
    filename: join(unfinished, "member.parquet"),
    columnData: Object.entries(columns).map(([name, data]) => ({ name, data, type: "DOUBLE" })),
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
}

const TARGETS_OF_ONE = 100;

function numberingOf(world: World, advertiserId: string): Numbering {
  let leaf = 0;
  for (const { advertiserId: id } of world.advertisers) {
    if (id === advertiserId) break;
    leaf += world.leaves.get(id)?.length ?? 0;
  }
  const at = world.advertisers.findIndex((advertiser) => advertiser.advertiserId === advertiserId);
  return { leaf, target: at * TARGETS_OF_ONE };
}

function writeColumns(filename: string, facts: Facts, { table, from }: { table: FactTable; from: Numbering }): void {
  const columnData = facts.columns(table).map(({ name, data }) => {
    const first = name === "leaf" ? from.leaf : name === "target" ? from.target : 0;
    return {
      name,
      data: first === 0 ? data : data.map((value) => (value < 0 ? value : value + first)),
      type: "DOUBLE" as const,
    };
  });
  parquetWriteFile({ filename, columnData });
}

/** All rows have the columns of the first. */
export function writeRows(filename: string, rows: readonly Row[]): void {
  const columnData = Object.keys(rows[0] ?? {}).map((name) => {
    const data = rows.map((row) => row[name] ?? null);
    const sample = data.find((value) => value !== null);
    const type = { number: "DOUBLE", boolean: "BOOLEAN", string: "STRING" }[typeof sample as "string"] ?? "STRING";
    return { name, data, type: type as "STRING", nullable: true };
  });
  parquetWriteFile({ filename, columnData });
}
