import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Database, openDatabase, type Scope, withSavepoint } from "./connect";

/** A way to the database that can be cut. */
async function startWay() {
  const url = new URL(inject("appUrl"));
  const [host, port] = [url.hostname, Number(url.port)];
  const links = new Set<{ near: Socket; far: Socket }>();
  let spoils = false;
  let [turns, speaks]: [number, "near" | "far"] = [0, "far"];
  const way = createServer((near) => {
    const far = connect(port, host);
    for (const end of [near, far]) end.on("error", () => {});
    near.on("data", (bytes: Buffer) => {
      far.write(spoils ? Buffer.from(bytes.toString("latin1").replace("begin ", "bogus "), "latin1") : bytes);
      spoils = false;
    });
    far.pipe(near);
    near.on("data", () => {
      if (speaks === "far") turns++;
      speaks = "near";
    });
    far.on("data", () => {
      speaks = "far";
    });
    links.add({ near, far });
  }).listen(0, "127.0.0.1");
  await once(way, "listening");
  const address = way.address();
  url.port = String(address && typeof address === "object" ? address.port : 0);
  return {
    url: url.toString(),
    /** Without the word of goodbye that Postgres has. */
    cut(how: "ended" | "reset") {
      for (const { near, far } of links) {
        far.destroy();
        if (how === "ended") near.end();
        else near.resetAndDestroy();
      }
      links.clear();
    },
    /** The next transaction's begin means nothing to Postgres. */
    spoilBegin() {
      spoils = true;
    },
    /** How often the client spoke and waited for an answer. */
    turns: () => turns,
    close: () => way.close(),
  };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("a transaction", () => {
  let way: Awaited<ReturnType<typeof startWay>>;
  let database: Database;

  beforeAll(async () => {
    way = await startWay();
    database = openDatabase(way.url, { poolSize: 2 });
  });
  afterAll(async () => {
    await database.close();
    way.close();
  });

  const one = () =>
    database.withSystem(async ({ sql }) => {
      await sql`select 1`;
      const [row] = await sql<{ n: number }[]>`select 7 as n`;
      return row?.n;
    });

  it("begins and asks in one go", async () => {
    await one();
    const before = way.turns();
    await database.withSystem(({ sql }) => sql`select 1`);
    expect(way.turns() - before).toBe(2);
  });

  it("that could not begin is refused, and touches no other on its connection afterwards", async () => {
    const single = openDatabase(way.url, { poolSize: 1 });
    try {
      await single.withSystem(({ sql }) => sql`select 1`);
      const late = gate();
      let worked: Promise<void> = Promise.resolve();
      way.spoilBegin();
      const lost = single.withSystem(({ sql }) => {
        worked = late.opened.then(async () => void (await sql`select 1`));
        return worked;
      });
      await expect(lost).rejects.toThrow("bogus");
      const [first, second] = await single.withSystem(async ({ sql }) => {
        const id = async () => (await sql<{ id: string }[]>`select pg_current_xact_id()::text as id`)[0]?.id;
        const before = await id();
        late.open();
        await expect(worked).rejects.toThrow();
        // Time for what the lost one might still say.
        await sql`select pg_sleep(0.05)`;
        return [before, await id()];
      });
      expect(second).toBe(first);
    } finally {
      await single.close();
    }
  });

  for (const how of ["ended", "reset"] as const) {
    for (const when of ["during a statement", "between two statements"] as const) {
      // Every place of the pool is lost more than once.
      it(`is refused when its connection is ${how} ${when}, and the next one works`, async () => {
        for (let round = 0; round < 5; round++) {
          const cut = gate();
          const lost = database.withSystem(async ({ sql }) => {
            await sql`select 1`;
            if (when === "during a statement") {
              setImmediate(() => way.cut(how));
              await sql`select pg_sleep(10)`;
            } else {
              way.cut(how);
              await cut.opened;
              await sql`select 2`;
            }
          });
          await expect(lost).rejects.toThrow();
          cut.open();
          expect(await one()).toBe(7);
        }
      });
    }
  }

  it("is ended where its process stands still in the middle, and the next one works", async () => {
    const hasty = openDatabase(inject("appUrl"), { poolSize: 1, idleMs: 100 });
    const stalled = hasty.withSystem(async ({ sql }) => {
      await sql`select 1`;
      await new Promise(() => {});
    });
    await expect(stalled).rejects.toThrow();
    expect(await hasty.withSystem(async ({ sql }) => (await sql<{ n: number }[]>`select 7 as n`)[0]?.n)).toBe(7);
    await hasty.close();
  });

  it("takes no statement once it is over, in whichever way that is sent", async () => {
    const left: Scope[] = [];
    await database.withSystem(async (scope) => {
      left.push(scope);
      await withSavepoint(scope, async (saved) => {
        left.push(saved);
      });
    });
    expect(left).toHaveLength(2);
    for (const { db, sql } of left) {
      expect(() => sql`select 1`).toThrow("is over");
      await expect(async () => db.execute(text`select 1`)).rejects.toThrow();
    }
  });

  it("is over for what it left behind when it failed, which ends in no other agency's transaction", async () => {
    const later = gate();
    let late: Promise<unknown> = Promise.resolve();
    const failed = database.withAgency("0b0c7a3e-0000-4000-8000-000000000001", async ({ sql }) => {
      late = later.opened.then(() => sql`select set_config('app.agency_id', 'stolen', true)`);
      await sql`select 1 / 0`;
    });
    await expect(failed).rejects.toThrow("division by zero");
    const other = "0b0c7a3e-0000-4000-8000-000000000002";
    const seen = await database.withAgency(other, async ({ sql }) => {
      later.open();
      await expect(late).rejects.toThrow("is over");
      await sleep(0);
      const [row] = await sql<{ agency: string }[]>`select current_setting('app.agency_id') as agency`;
      return row?.agency;
    });
    expect(seen).toBe(other);
  });
});
