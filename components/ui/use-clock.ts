"use client";

import { useNow, useTimeZone } from "next-intl";
import { useSyncExternalStore } from "react";

function createClock(interval: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      if (!timer) {
        now = Date.now();
        timer = setInterval(tick, interval);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read() {
      if (!timer && Date.now() - now > interval) now = Date.now();
      return now;
    },
  };
}

// One timer for the whole page per pace, however many cells show a time.
const clocks = { second: createClock(1000), minute: createClock(30_000) };

/** The time in milliseconds, ticking; while hydrating it is the server's, so that both render the same text. */
export function useClock(pace: keyof typeof clocks) {
  const server = useNow().getTime();
  const clock = clocks[pace];
  return useSyncExternalStore(clock.subscribe, clock.read, () => server);
}

const never = () => () => {};
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's time zone; on the server the one their browser reported last, UTC before that. */
export function useReaderTimeZone() {
  const server = useTimeZone() ?? "UTC";
  return useSyncExternalStore(never, ownZone, () => server);
}
