// How often anybody may try a password. Counted in Postgres, so that all processes share it; in memory while that is away.
import { isIPv6 } from "node:net";
import type { Sql } from "postgres";
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { AppError } from "../core/errors";

export interface Attempts {
  /**
   * Counts one try before any work is done for it.
   * @param who.account digest of the address, or the user's id; left out where no account is tried
   * @param who.ticket digest of a half-finished sign-in: five tries each
   * @throws {AppError} limit, with the seconds to wait
   */
  begin(who: { account?: string; ip: string; ticket?: string }): Promise<Attempt>;
}

export interface Attempt {
  /** The try was right: it does not count, and the account starts anew. */
  succeeded(): Promise<void>;
}

/** Only failures stay counted. `account` bounds guessing at one address from many places to 80 an hour. */
const budgets = {
  everyone: { points: 300, duration: 60 },
  place: { points: 60, duration: 15 * 60 },
  account: { points: 20, duration: 15 * 60 },
  accountHere: { points: 10, duration: 15 * 60 },
  ticket: { points: 5, duration: 15 * 60 },
} as const;

export function makeAttempts(pool: Sql): Attempts {
  const limiters = {
    everyone: limiter(pool, "everyone"),
    place: limiter(pool, "place"),
    account: limiter(pool, "account"),
    accountHere: limiter(pool, "accountHere"),
    ticket: limiter(pool, "ticket"),
  };
  return {
    begin: async ({ account, ip, ticket }) => {
      const place = placeOf(ip);
      await take(limiters.everyone, "all");
      await take(limiters.place, place);
      if (ticket) await take(limiters.ticket, ticket);
      if (account) {
        await take(limiters.accountHere, `${account}:${place}`);
        await take(limiters.account, account);
      }
      return {
        succeeded: async () => {
          await Promise.all([
            limiters.everyone.reward("all"),
            limiters.place.reward(place),
            ...(account ? [limiters.account.delete(account), limiters.accountHere.delete(`${account}:${place}`)] : []),
          ]);
        },
      };
    },
  };
}

function limiter(pool: Sql, name: keyof typeof budgets): RateLimiterPostgres {
  const options = { keyPrefix: `sign-in-${name}`, ...budgets[name] };
  return new RateLimiterPostgres({
    ...options,
    storeType: "pool",
    storeClient: clientOver(pool),
    tableName: "rate_limits",
    tableCreated: true,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

/** The one method of a node-postgres pool that the limiter calls. */
const clientOver = (pool: Sql) => ({
  query: async ({ text, values }: { text: string; values: (string | number | null)[] }) => {
    const rows = await pool.unsafe(text, values, { prepare: true });
    return { rows: [...rows], rowCount: rows.count };
  },
});

async function take(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
    throw new AppError("limit", "Too many attempts.", {
      remedy: `Wait ${wait}, then try again.`,
      retryAfterSeconds: seconds,
    });
  }
}

/** An IPv6 customer has a whole /64 to send from. */
export function placeOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(address)) return address;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const zeros = address.includes("::") ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0") : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}
