import type { AmazonUser, World } from "./types";

/** The user of a consent. Consents minted for users beyond the world's are of people who see no account. */
export function userOf(world: World, userId: string): AmazonUser {
  const known = world.users.find((candidate) => candidate.id === userId);
  if (known) return known;
  const short = userId.slice(-6);
  const email = `${short.toLowerCase()}@made-up.example`;
  return { id: userId, name: `Made-up user ${short}`, email, postalCode: "10001", access: {}, otherProfileIds: [] };
}
