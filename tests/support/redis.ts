// A Redis server of the test's own, where one is installed: in memory, on a free loopback port, ended by its process.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Redis } from "ioredis";
import { until } from "./until";

export interface TestRedis {
  url: string;
  /** Ends it as a crash would; `start` brings it back empty on the same address. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Keeps it from answering, and lets it go on. */
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  stop(): Promise<void>;
}

const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];

/** The program; undefined where none is installed. */
export const redisServer =
  process.env.REDIS_SERVER_PATH ??
  folders.map((folder) => join(folder, "redis-server")).find((path) => existsSync(path));

export async function startRedis(): Promise<TestRedis> {
  const program = redisServer;
  if (!program) throw new Error("no redis-server is installed");
  const dir = mkdtempSync(join(tmpdir(), "tidemark-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  const start = async () => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir];
    child = spawn(program, settings, { stdio: "ignore" });
    await until(() => answers(url));
  };
  await start();
  return {
    url,
    kill,
    start,
    signal: (name) => child?.kill(name),
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => {});
  try {
    await redis.connect();
    return (await redis.ping()) === "PONG";
  } finally {
    redis.disconnect();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
