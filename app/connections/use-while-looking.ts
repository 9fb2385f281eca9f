import { useEffect, useRef } from "react";

const lookAgainMs = 1500;

/**
 * Refreshes while a discovery runs, and once when it ends. News alone would not do: a discovery can be over before the
 * page that it sent the person to has begun to listen.
 */
export function useWhileLooking(isLooking: boolean, refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    if (!isLooking) return;
    const timer = setInterval(() => latest.current(), lookAgainMs);
    return () => {
      clearInterval(timer);
      latest.current();
    };
  }, [isLooking]);
}
