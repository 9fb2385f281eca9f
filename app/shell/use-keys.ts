import { useEffect, useRef, useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import { destinationsFor } from "~/resources";
import { usePlace } from "./use-place";

const OFF_KEY = "tm-single-keys";
/** How long after `g` the second key counts. */
const CHORD_MS = 1_200;

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !(target instanceof HTMLInputElement && target.type === "checkbox") &&
  (target.isContentEditable ||
    ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) ||
    target.closest("[role=dialog]") !== null);

const focusOn = (selector: string): boolean => {
  const element = document.querySelector<HTMLElement>(selector);
  const field = element?.matches("input, button") ? element : element?.querySelector<HTMLElement>("input, button");
  field?.focus();
  return Boolean(field);
};

/** Whether keys without Ctrl act; people who dictate turn them off (WCAG 2.1.4). */
export interface SingleKeys {
  on: boolean;
  set(on: boolean): void;
}

export const readOn = (): boolean => {
  try {
    return localStorage.getItem(OFF_KEY) !== "off";
  } catch {
    return true;
  }
};

export function useKeys(viewer: Viewer, openDialog: (dialog: "palette" | "keys") => void): SingleKeys {
  const [on, setOn] = useState(true);
  const { goTo } = usePlace();
  const chordUntil = useRef(0);
  useEffect(() => setOn(readOn()), []);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "k") {
        event.preventDefault();
        openDialog("palette");
        return;
      }
      if (!on || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const afterG = event.timeStamp < chordUntil.current;
      chordUntil.current = key === "g" && !afterG ? event.timeStamp + CHORD_MS : 0;
      const place = afterG ? destinationsFor(viewer).find(({ goKey }) => goKey === key) : undefined;
      if (place) {
        event.preventDefault();
        goTo(place.paths.list);
      } else if (!afterG && actOn(key, openDialog)) {
        event.preventDefault();
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [on, viewer, goTo, openDialog]);

  return {
    on,
    set: (next) => {
      setOn(next);
      try {
        localStorage.setItem(OFF_KEY, next ? "on" : "off");
      } catch {
        // Storage may be refused; the choice then lasts as long as the page.
      }
    },
  };
}

function actOn(key: string, openDialog: (dialog: "keys") => void): boolean {
  if (key === "?") {
    openDialog("keys");
    return true;
  }
  if (key === "/") return focusOn("[data-search]");
  if (key === "b") return focusOn(".tm-brand");
  return false;
}
