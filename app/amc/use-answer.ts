import { useEffect, useMemo, useState } from "react";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";

const TYPING_MS = 400;

interface Said<T> {
  answer: T | null;
  error: ApiError | null;
}

/** What an action of a resource says to `input`, asked again after a pause in its changes; null: nothing is asked. */
export function useAnswer<T>(
  { resource, action }: { resource: string; action: string },
  input: object | null,
): Said<T> & { asking: boolean } {
  const http = useMemo(createHttp, []);
  const [said, setSaid] = useState<Said<T>>({ answer: null, error: null });
  const [asking, setAsking] = useState(false);
  const body = input === null ? null : JSON.stringify(input);
  useEffect(() => {
    setAsking(body !== null);
    if (body === null) {
      setSaid({ answer: null, error: null });
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const next = await http.post<T>(actionUrl(resource, action), JSON.parse(body), { signal: stop.signal }).then(
        ({ data }) => ({ answer: data, error: null }),
        (error: ApiError) => ({ answer: null, error }),
      );
      if (stop.signal.aborted) return;
      setSaid(next);
      setAsking(false);
    }, TYPING_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [http, resource, action, body]);
  return { ...said, asking };
}
