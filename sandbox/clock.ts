// The sandbox's time: the machine's plus an offset, or a frozen moment.

export interface ClockState {
  offsetMs: number;
  frozenAt: number | null;
}

export interface ClockChange {
  now?: string | undefined;
  advanceSeconds?: number | undefined;
  advanceDays?: number | undefined;
  frozen?: boolean | undefined;
}

export interface SandboxClock {
  now(): number;
  iso(): string;
  change(change: ClockChange): ClockReading;
  read(): ClockReading;
  state(): ClockState;
}

export interface ClockReading {
  now: string;
  frozen: boolean;
  offsetSeconds: number;
}

export function createClock(saved: ClockState | undefined, onChange: () => void): SandboxClock {
  const state: ClockState = saved ?? { offsetMs: 0, frozenAt: null };
  const now = () => state.frozenAt ?? Date.now() + state.offsetMs;
  const read = (): ClockReading => ({
    now: new Date(now()).toISOString(),
    frozen: state.frozenAt !== null,
    offsetSeconds: Math.round((now() - Date.now()) / 1000),
  });
  return {
    now,
    iso: () => new Date(now()).toISOString(),
    read,
    state: () => ({ ...state }),
    change(change) {
      let moment = change.now === undefined ? now() : Date.parse(change.now);
      moment += ((change.advanceSeconds ?? 0) + (change.advanceDays ?? 0) * 86_400) * 1000;
      const frozen = change.frozen ?? state.frozenAt !== null;
      state.offsetMs = moment - Date.now();
      state.frozenAt = frozen ? moment : null;
      onChange();
      return read();
    },
  };
}
