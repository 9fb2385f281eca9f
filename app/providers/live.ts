// Live news over one EventSource a tab. The server sends `{ resource, ids, type }`, already filtered to the agency.
import type { LiveEvent, LiveProvider } from "@refinedev/core";
import { useEffect, useRef } from "react";

export interface News {
  resource: string;
  ids: string[];
  type: "created" | "updated" | "deleted" | "*";
}

type Listener = (news: News) => void;

const LIVE_URL = "/live";
/** The server's word for "anything may have changed". */
const everything = "*";
/** News of one resource that come closer than this are told once. */
const CALM_MS = 500;

const listeners = new Set<Listener>();
let source: EventSource | null = null;

const read = (text: string): News | null => {
  try {
    const raw: unknown = JSON.parse(text);
    if (typeof raw !== "object" || raw === null || !("resource" in raw) || typeof raw.resource !== "string")
      return null;
    const { resource, ids, type } = raw as Partial<News> & { resource: string };
    return { resource, ids: Array.isArray(ids) ? ids.map(String) : [], type: type ?? "*" };
  } catch {
    return null;
  }
};

function tellAll(news: News): void {
  for (const listener of listeners) listener(news);
}

function listen(listener: Listener): () => void {
  listeners.add(listener);
  if (!source && typeof EventSource !== "undefined") {
    source = new EventSource(LIVE_URL);
    // What changed between the page's own reading and this moment, or while the line was cut, was told to nobody.
    source.onopen = () => tellAll({ resource: everything, ids: [], type: "*" });
    source.onmessage = ({ data }) => {
      const news = read(String(data));
      if (news) tellAll(news);
    };
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      source?.close();
      source = null;
    }
  };
}

/** Calls `act` at most once in CALM_MS, and always once after the last news. */
function calmly(act: Listener): { tell: Listener; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let merged: News | null = null;
  const tell: Listener = (news) => {
    merged = merged ? { ...news, ids: [...new Set([...merged.ids, ...news.ids])] } : news;
    timer ??= setTimeout(() => {
      timer = undefined;
      const told = merged;
      merged = null;
      if (told) act(told);
    }, CALM_MS);
  };
  return { tell, stop: () => clearTimeout(timer) };
}

/** The resource of a Refine channel, `resources/<name>`. */
export const resourceOf = (channel: string): string => channel.replace(/^resources\//, "");

export const liveProvider: LiveProvider = {
  subscribe: ({ channel, types, callback }) => {
    const { tell, stop } = calmly(({ ids, type }) => {
      callback({ channel, type, payload: { ids }, date: new Date() } satisfies LiveEvent);
    });
    const leave = listen((news) => {
      const wanted = types.includes("*") || news.type === "*" || types.includes(news.type);
      if (wanted && [everything, resourceOf(channel)].includes(news.resource)) tell(news);
    });
    return () => {
      leave();
      stop();
    };
  },
  unsubscribe: (leave: () => void) => leave(),
};

/** Calls `onNews` when any of `resources` changes, for pages whose data comes from a loader. */
export function useNews(resources: readonly string[], onNews: Listener): void {
  const latest = useRef(onNews);
  latest.current = onNews;
  const key = resources.join(",");
  useEffect(() => {
    const wanted = new Set(key.split(","));
    const { tell, stop } = calmly((news) => latest.current(news));
    const leave = listen((news) => {
      if (news.resource === everything || wanted.has(news.resource)) tell(news);
    });
    return () => {
      leave();
      stop();
    };
  }, [key]);
}
