// Many connections at once, as their consents would have left them: for tests and soaks of the refresh service.
import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import type { RunningSandbox } from "../sandbox";
import { sealTokens } from "../server/connections/seal-tokens";
import { createVault } from "../server/core/crypto/vault";

export interface FleetOptions {
  ownerUrl: string;
  sandbox: RunningSandbox;
  /** Fernet key of the servers. */
  key: string;
  agencies: number;
  /** Of this agency and person, instead of new ones. */
  into?: Tenant;
  /** Of these Amazon users, instead of made-up ones. */
  amazonUsers?: readonly string[];
  /** Of all agencies together; regions take turns. */
  connections: number;
  /** Milliseconds over which the first renewals are spread. */
  spreadMs?: number;
}

export interface Tenant {
  agencyId: string;
  userId: string;
}

export interface Member {
  agencyId: string;
  connectionId: string;
  amazonUserId: string;
  refreshToken: string;
  region: "NA" | "EU" | "FE";
}

const regions = ["NA", "EU", "FE"] as const;

/** Agencies with an owner each, and connections whose grants the sandbox knows. Their first tokens are still to be fetched. */
export async function launchFleet(options: FleetOptions): Promise<Member[]> {
  const { ownerUrl, sandbox, key, agencies, connections, spreadMs = 0 } = options;
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const vault = createVault({ keys: [key] });
  try {
    const owners = options.into
      ? [options.into]
      : await Promise.all(Array.from({ length: agencies }, (_, at) => anAgency(sql, at)));
    const { mint } = sandbox.control.grants;
    const minted = options.amazonUsers
      ? options.amazonUsers.flatMap((userId) => mint({ count: 1, userId }))
      : mint({ count: connections });
    const fleet = minted.map(({ userId, refreshToken }, at): Member => {
      const { agencyId } = owners[at % owners.length] as (typeof owners)[number];
      const region = regions[at % regions.length] as Member["region"];
      return { agencyId, connectionId: randomUUID(), amazonUserId: userId, refreshToken, region };
    });
    for (let at = 0; at < fleet.length; at += 500) {
      const lot = fleet.slice(at, at + 500);
      await sql`insert into connections ${sql(lot.map((member, index) => connectionRow(member, owners, at + index)))}`;
      await sql`insert into grants ${sql(
        lot.map((member) => {
          const sealed = sealTokens(vault, member, { refreshToken: member.refreshToken, accessToken: "" });
          return {
            agency_id: member.agencyId,
            connection_id: member.connectionId,
            refresh_token: sealed.refreshToken,
            sealed_under: sealed.sealedUnder,
          };
        }),
      )}`;
    }
    await sql`update grants set renew_at = tidemark_now() + random() * make_interval(secs => ${spreadMs / 1000})`;
    return fleet;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function anAgency(sql: Sql, at: number): Promise<Tenant> {
  const [agencyId, userId] = [randomUUID(), randomUUID()];
  await sql`insert into agencies ${sql({ id: agencyId, name: `Agency ${at + 1}` })}`;
  await sql`insert into users ${sql({ agency_id: agencyId, id: userId, email: `owner${at}@fleet.example`, name: `Owner ${at + 1}`, person_id: userId })}`;
  await sql`insert into memberships ${sql({ agency_id: agencyId, user_id: userId, role: "owner" })}`;
  return { agencyId, userId };
}

function connectionRow(member: Member, owners: Tenant[], at: number) {
  const now = new Date();
  const nothing = { state: "done", profiles: 0, entities: 0, advertisers: 0 };
  return {
    agency_id: member.agencyId,
    id: member.connectionId,
    region: member.region,
    owner_user_id: owners.find(({ agencyId }) => agencyId === member.agencyId)?.userId ?? null,
    amazon_user_id: member.amazonUserId,
    amazon_user_name: `Amazon user ${at + 1}`,
    scopes: ["advertising::campaign_management"],
    state: "healthy",
    state_since: now,
    consented_at: now,
    discovery: JSON.stringify({ NA: nothing, EU: nothing, FE: nothing }),
    // Looked through: the fleet is there for its tokens.
    discovered_at: new Date(now.getTime() + 10 * 365 * 24 * 3_600_000),
    created_at: now,
  };
}
