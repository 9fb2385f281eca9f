import { EventEmitter, once } from "node:events";
import type { Response } from "express";
import { expect, test } from "vitest";
import { aCtx, anAgency, aSource } from "../tests/support/ctx";
import { testDatabase } from "../tests/support/database";
import { createLog } from "./core/log";
import { startLive, type Watcher } from "./live";

const { db } = testDatabase();

/** A response that says what is written to it. */
class Line extends EventEmitter {
  destroyed = false;
  readonly told: string[] = [];
  writeHead() {}
  write(text: string) {
    if (!text.startsWith("data: ")) return;
    this.told.push(JSON.parse(text.slice(6)));
    this.emit("told");
  }
  end() {
    this.emit("close");
  }
}

async function aNewsroom() {
  const [agencyId, elsewhere] = [await anAgency(db), await anAgency(db)];
  const live = await startLive(db, createLog("silent"));
  const watch = (who: Watcher, identify: () => Promise<Watcher | null> = async () => who) => {
    const line = new Line();
    live.attach(line as unknown as Response, who, identify);
    return line;
  };
  const change = (agency: string, resource: string, ids: string[] = []) =>
    aCtx(aSource(db), agency).tx((tx) => tx.changed(resource, ids));
  return { agencyId, elsewhere, watch, change, close: () => live.close() };
}

test("news reaches the pages of its own agency, and names records only to who sees all brands", async () => {
  const { agencyId, elsewhere, watch, change, close } = await aNewsroom();
  const [owner, client] = [watch({ agencyId, allBrands: true }), watch({ agencyId, allBrands: false })];
  const stranger = watch({ agencyId: elsewhere, allBrands: true });
  const told = [once(owner, "told"), once(client, "told"), once(stranger, "told")];
  await change(agencyId, "brands", ["b1"]);
  await change(elsewhere, "campaigns");
  await Promise.all(told);
  expect(owner.told).toEqual([{ resource: "brands", ids: ["b1"], type: "*" }]);
  expect(client.told).toEqual([{ resource: "brands", ids: [], type: "*" }]);
  expect(stranger.told).toEqual([{ resource: "campaigns", ids: [], type: "*" }]);
  close();
});

test("a line ends when its session has, and knows of a role that was changed", async () => {
  const { agencyId, watch, change, close } = await aNewsroom();
  const gone = watch({ agencyId, allBrands: true }, async () => null);
  const demoted = watch({ agencyId, allBrands: true }, async () => ({ agencyId, allBrands: false }));
  const ended = once(gone, "close");
  await change(agencyId, "members", ["m1"]);
  await ended;
  const told = once(demoted, "told");
  await change(agencyId, "brands", ["b1"]);
  await told;
  expect(demoted.told.at(-1)).toEqual({ resource: "brands", ids: [], type: "*" });
  expect(gone.told).toHaveLength(1);
  close();
});
