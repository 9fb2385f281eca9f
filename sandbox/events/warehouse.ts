import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../../packages/amc-engine";
import { hashText } from "../world/random";
import type { World } from "../world/types";
import { uploadedTables } from "./tables/uploaded";
import { writeFacts } from "./write-facts";
import { writeTables } from "./write-tables";

// The tables of AMC instances on disk, made when a query first asks for them, and the engine that reads them.

const DAY_MS = 86_400_000;
const LAG_MS = 2 * DAY_MS;
const ENGINES_KEPT = 3;

/** AMC runs 48 hours behind: what an instance shows at a moment is what reports showed at this one. */
export const eventsAsOf = (now: number): number => Math.floor((now - LAG_MS) / DAY_MS) * DAY_MS;

export interface Holding {
  instanceId: string;
  advertiserIds: readonly string[];
  /** whose advertisers they are */
  world: World;
}

export interface Warehouse {
  /** An engine whose named tables are written. */
  engineOf(holding: Holding, tables: readonly string[]): Promise<Engine>;
  close(): void;
}

interface WarehouseParts {
  directory: string;
  people: number;
  now(): number;
}

export function createWarehouse({ directory, people, now }: WarehouseParts): Warehouse {
  const engines = new Map<string, Engine>();
  let queue: Promise<unknown> = Promise.resolve();

  /** One after the other: two queries may want the same table. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work, work);
    queue = done;
    return done;
  };

  const factsFolder = async (world: World, advertiserId: string, asOf: number): Promise<string> => {
    const folder = join(directory, "facts", [world.seed, asOf, people].join("-"), advertiserId);
    if (!existsSync(folder)) await writeFacts({ world, advertiserId, people, asOf }, folder);
    return folder;
  };

  const open = async (folder: string): Promise<Engine> => {
    const { openEngine } = await import("../../packages/amc-engine");
    const engine =
      engines.get(folder) ?? (await openEngine({ source: { folder }, uploaded: uploadedTables, memoryLimitMb: 1024 }));
    engines.delete(folder);
    engines.set(folder, engine);
    for (const [oldest, other] of engines) {
      if (engines.size <= ENGINES_KEPT) break;
      engines.delete(oldest);
      other.close();
    }
    return engine;
  };

  const prepare = async ({ instanceId, advertiserIds, world }: Holding, tables: readonly string[]): Promise<string> => {
    const asOf = eventsAsOf(now());
    const own = join(directory, instanceId);
    const version = `${asOf}-${people}-${hashText([world.seed, world.anchor, ...advertiserIds].join("|"))}`;
    const folder = join(own, version);
    if (!existsSync(folder)) {
      dropOthers(own, version);
      dropOthers(join(directory, "facts"), [world.seed, asOf, people].join("-"), `${world.seed}-`);
      mkdirSync(folder, { recursive: true });
    }
    const facts: string[] = [];
    for (const advertiserId of advertiserIds) facts.push(await factsFolder(world, advertiserId, asOf));
    await writeTables({ facts, folder, instanceId, asOf }, tables);
    return folder;
  };

  return {
    engineOf: (holding, tables) => inTurn(async () => open(await prepare(holding, tables))),
    close() {
      for (const engine of engines.values()) engine.close();
      engines.clear();
    },
  };
}

/** Numbers of another day are not asked for again. */
function dropOthers(folder: string, kept: string, prefix = ""): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name !== kept && name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
