// Exactly one person hears of a thing: its owner, or whoever stands in for them.

import { type Membership, mayDo } from "../workspace";
import type { ConnectionOwner } from "./news";

export interface Person {
  id: string;
  name: string;
  state: "active" | "suspended";
  createdAt: Date;
  memberships: readonly Membership[];
}

export interface Recipient {
  userId: string;
  /** Whose it is, where that is somebody else. */
  standsInFor: ConnectionOwner | null;
}

/** The owner of a connection while they can act on it; else the agency's longest-standing owner or admin. */
export function recipientOf(people: readonly Person[], ownerUserId: string): Recipient | null {
  const owner = people.find(({ id }) => id === ownerUserId);
  if (owner?.state === "active" && mayConnect(owner)) return { userId: owner.id, standsInFor: null };
  const person = headOf(people);
  return person && { userId: person.id, standsInFor: { name: owner?.name ?? null, why: whyNot(owner) } };
}

/** The longest-standing active member with the role owner for all brands, else admin. */
export function headOf(people: readonly Person[]): Person | null {
  for (const role of ["owner", "admin"] as const) {
    const [longest] = people
      .filter(({ state, memberships }) => state === "active" && holds(memberships, role))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
    if (longest) return longest;
  }
  return null;
}

const holds = (memberships: readonly Membership[], role: Membership["role"]): boolean =>
  memberships.some((membership) => membership.role === role && membership.brandId === null);

/** A consent is a person's own: a role for one brand is enough to give it again. */
const mayConnect = ({ memberships }: Person): boolean => mayDo(memberships, "connections.write", "anyBrand");

function whyNot(owner: Person | undefined): ConnectionOwner["why"] {
  if (!owner) return "gone";
  return owner.state === "suspended" ? "suspended" : "no_permission";
}
