// Whether a token may be asked for now: what other processes and connections learnt of the region's token host.
import type { Ctx } from "../core/context";
import type { Scope } from "../core/db/connect";
import { Region } from "./contract";
import { closeForClient, type GateRow, openGates, readGates, strikeGate, takeProbe } from "./gate-store";
import { clientRefused, hostAway, type TokenFailure } from "./token-outcome";
import "./services";

type Lwa = Pick<Ctx["services"]["amazon"]["lwa"], "tokenHost">;
type Db = Pick<Scope, "db">;

/** Of all regions. In the sandbox and in tests several may be one host. */
export const gateKeys = (lwa: Lwa): string[] => [...new Set(Region.options.map((region) => lwa.tokenHost(region)))];

/** `closed`: nobody may ask. `probe`: one may, and says by it whether the host is back. */
export type Standing =
  | { kind: "open" }
  | { kind: "probe"; failure: TokenFailure }
  | { kind: "closed"; failure: TokenFailure; untilMs: number };

/** What a gate row means at a moment of the database's clock. */
export function standingOf(gate: GateRow | undefined, now: Date): Standing {
  if (!gate?.closedUntil || gate.endedAt) return { kind: "open" };
  const untilMs = gate.closedUntil.getTime() - now.getTime();
  const failure = gate.cause === "client_rejected" ? clientRefused : hostAway;
  return untilMs <= 0 ? { kind: "probe", failure } : { kind: "closed", failure, untilMs };
}

/** For one caller: takes the probe itself where there is one to take and the caller could use it. */
export async function passGate(
  db: Db,
  lwa: Lwa,
  at: { region: Region; now: Date; couldAsk: boolean },
): Promise<Standing> {
  const key = lwa.tokenHost(at.region);
  const [gate] = await readGates(db, [key]);
  const standing = standingOf(gate, at.now);
  if (standing.kind !== "probe" || !at.couldAsk || (await takeProbe(db, key))) return standing;
  return passGate(db, lwa, at);
}

/** What a failed refresh says of its host, beside what it says of the connection. */
export async function tellGate(db: Db, lwa: Lwa, { region, failure }: { region: Region; failure: TokenFailure }) {
  if (failure.class === "pause_all") await closeForClient(db, gateKeys(lwa), failure.reason);
  else if (failure.away) await strikeGate(db, lwa.tokenHost(region), failure.reason);
}

/** Tokens came for connections of these regions. */
export async function gatesWell(db: Db, lwa: Lwa, regions: Iterable<Region>): Promise<void> {
  const keys = [...new Set([...regions].map((region) => lwa.tokenHost(region)))];
  await openGates(db, keys, gateKeys(lwa));
}
