import { useNotification } from "@refinedev/core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { contrastFaults, type Theme, type ThemeSettings } from "#server/workspace/theme-contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { useReread } from "~/revalidate";

const settingsOf = ({ draft, published, inForce }: Theme): ThemeSettings =>
  draft?.settings ?? published?.settings ?? inForce;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is being edited, and every act on it. What others do meanwhile never overwrites what was typed. */
export function useThemeEditor(theme: Theme) {
  const reread = useReread();
  const { open } = useNotification();
  const http = useMemo(createHttp, []);
  const stored = settingsOf(theme);
  // What the form started from: the draft's settings and version.
  const [seen, setSeen] = useState({ settings: stored, version: theme.draft?.version ?? 0 });
  const [settings, setSettings] = useState(stored);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = !same(settings, seen.settings);
  const start = useCallback((from: Theme) => {
    setSeen({ settings: settingsOf(from), version: from.draft?.version ?? 0 });
    setSettings(settingsOf(from));
    setFailure(null);
  }, []);
  const isBehind = seen.version !== (theme.draft?.version ?? 0) || !same(seen.settings, stored);
  useEffect(() => {
    if (isBehind && !dirty && !busy) start(theme);
  }, [isBehind, dirty, busy, theme, start]);

  const run = async (work: () => Promise<Theme>, done: string) => {
    setBusy(true);
    setFailure(null);
    try {
      start(await work());
      open?.({ type: "success", message: done });
    } catch (thrown) {
      setFailure(thrown as ApiError);
      throw thrown;
    } finally {
      setBusy(false);
      reread();
    }
  };
  const send = async (action: string | null, body: object): Promise<Theme> => {
    const { data } = action
      ? await http.post<Theme>(actionUrl("themes", theme.id, action), body)
      : await http.patch<Theme>(actionUrl("themes", theme.id), body);
    return data;
  };
  const store = (version: number) => send(null, { settings, version });
  const publish = async () => {
    const version = dirty ? (await store(seen.version)).draft?.version : seen.version;
    return send("publish", { version: version ?? 0 });
  };
  return {
    settings,
    change: (part: Partial<ThemeSettings>) => setSettings((before) => ({ ...before, ...part })),
    dirty,
    busy,
    failure,
    /** Under their fields, also before the server is asked. */
    faults: { ...failure?.errors, ...contrastFaults(settings) } as Record<string, string>,
    /** Somebody else's draft, where it is not the one the form started from. */
    theirs: dirty && isBehind ? theme : null,
    takeTheirs: () => start(theme),
    save: () => run(() => store(seen.version), "Draft saved"),
    saveOverTheirs: () => run(() => store(theme.draft?.version ?? 0), "Draft saved"),
    publish: () => run(publish, "Theme published"),
    discard: () => run(() => send("discard", {}), "Draft discarded"),
    reset: () => run(() => send("reset", {}), "Theme reset"),
    rollBack: (number: number) => run(() => send("roll-back", { number }), `Rolled back to version ${number}`),
    undo: () => start(theme),
  };
}

export type ThemeEditor = ReturnType<typeof useThemeEditor>;
