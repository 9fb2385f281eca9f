// Server-sent events: tells open pages of one agency which records changed. Fed by Postgres NOTIFY, so any process may have made the change.
import type { Response } from "express";
import type { Database } from "./core/db/connect";
import type { Log } from "./core/log";

interface News {
  agencyId: string;
  resource: string;
  ids: string[];
}

export interface Watcher {
  agencyId: string;
  /** Ids are told only to those who see all brands. */
  allBrands: boolean;
}

/** Who watches now; null where the session has ended meanwhile. */
type Identify = () => Promise<Watcher | null>;

interface Listener extends Watcher {
  response: Response;
  identify: Identify;
}

export interface LiveHub {
  /** Keeps the response open, as long as its session lasts, and writes `data: {resource, ids, type}` lines to it. */
  attach(response: Response, who: Watcher, identify: Identify): void;
  close(): void;
}

/** News that may mean that somebody may no longer watch. */
const aboutPeople = ["members", "sessions"];

const keepAliveMs = 20_000;

export async function startLive(database: Database, log: Log): Promise<LiveHub> {
  const listeners = new Set<Listener>();
  const tell = (text: string) => {
    const news = JSON.parse(text) as News;
    for (const listener of listeners) {
      if (listener.agencyId !== news.agencyId) continue;
      const ids = listener.allBrands ? news.ids : [];
      listener.response.write(`data: ${JSON.stringify({ resource: news.resource, ids, type: "*" })}\n\n`);
      if (aboutPeople.includes(news.resource)) void recheck(listener);
    }
  };
  const recheck = async (listener: Listener) => {
    const who = await listener.identify().catch(() => null);
    if (who) listener.allBrands = who.allBrands;
    else listener.response.end();
  };
  const greet = () => {
    // After a gap in listening pages cannot know what they missed: all of it is reread.
    for (const listener of listeners) listener.response.write(`data: {"resource":"*","ids":[],"type":"*"}\n\n`);
  };
  await database.pool
    .listen("tidemark", tell, greet)
    .catch((error) => log.warn({ err: error }, "live news not available"));
  const timer = setInterval(() => {
    for (const listener of listeners) listener.response.write(": alive\n\n");
  }, keepAliveMs);
  timer.unref();
  return {
    attach(response, who, identify) {
      if (response.destroyed) return;
      const listener: Listener = { ...who, response, identify };
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      });
      response.write("retry: 2000\n\n");
      listeners.add(listener);
      response.on("close", () => listeners.delete(listener));
    },
    close() {
      clearInterval(timer);
      for (const listener of listeners) listener.response.end();
      listeners.clear();
    },
  };
}
