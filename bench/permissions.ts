// What it costs to ask whether somebody may: one person with roles for 200 brands among them, in an agency of 1,000 people.
import { type Membership, rightsOf } from "../server/workspace/permissions";
import { percentile, print } from "./figure";

const brands = Array.from({ length: 200 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`);
const asked = ["campaigns.read", "money.read", "connections.write", "members.write"] as const;
const own = ["brands.read", "campaigns.read", "insights.read", "campaigns.write"];
const people = 1_000;

/** Every third brand has the agency's own role, the others built-in ones. */
const membershipsOf = (person: number): Membership[] =>
  brands.map((brandId, index) => {
    if ((index + person) % 3 === 0) return { brandId, role: "custom", permissions: own };
    return { brandId, role: index % 2 === 0 ? "ops" : "analyst" };
  });

export async function bench(): Promise<void> {
  const now = new Date();
  const times: Record<"build" | "can" | "brandsWith" | "first", number[]> = {
    build: [],
    can: [],
    brandsWith: [],
    first: [],
  };
  for (let person = -100; person < people; person++) {
    const memberships = membershipsOf(person);
    const brand = brands[Math.abs(person) % brands.length] ?? null;
    const startedAt = performance.now();
    const rights = rightsOf(memberships, now);
    const builtAt = performance.now();
    rights.can("campaigns.read", brand);
    const firstAt = performance.now();
    for (const permission of asked) rights.can(permission, brand);
    const askedAt = performance.now();
    rights.brandsWith("money.read");
    const listedAt = performance.now();
    if (person < 0) continue;
    times.build.push(builtAt - startedAt);
    times.first.push(firstAt - startedAt);
    times.can.push((askedAt - firstAt) / asked.length);
    times.brandsWith.push(listedAt - askedAt);
  }
  const baseline = `the claim is 1 ms; ${brands.length} brands' memberships a person, ${people} people, p95`;
  print({
    figure: "permissions.first-check",
    value: percentile(times.first, 0.95),
    unit: "ms, ability built",
    baseline,
  });
  print({ figure: "permissions.check", value: percentile(times.can, 0.95), unit: "ms", baseline });
  print({ figure: "permissions.brands-with", value: percentile(times.brandsWith, 0.95), unit: "ms", baseline });
  print({ figure: "permissions.build", value: percentile(times.build, 0.95), unit: "ms a request", baseline });
}
