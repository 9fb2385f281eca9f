import type { ClientStanding } from "../connections/contract";
import type { News } from "./news";
import { momentWords, paragraphs, sentences, spanWords } from "./words";

/** Amazon's answer to this installation itself: it concerns every connection, and only who runs the installation can act. */
export function clientNews(standing: ClientStanding): News {
  return {
    ...(standing.accepted ? accepted(standing) : rejected(standing)),
    action: { label: "See connections", path: "/connections" },
    subject: { type: "installation", id: "amazon-client", label: "Login with Amazon" },
    dedupeKey: `client-standing:${standing.accepted ? "accepted" : "rejected"}:${standing.since}`,
    at: standing.at,
  };
}

type Words = Pick<News, "kind" | "signal" | "title" | "body">;

const rejected = ({ since, reason, remedy }: ClientStanding): Words => ({
  kind: "connection.client_rejected",
  signal: "problem",
  title: "Amazon does not accept this installation",
  body: paragraphs(
    sentences(`Since ${momentWords(since)} every token refresh waits`, reason),
    "No connection is given up for this. Access already held ends within the hour; then no account gets new data.",
    sentences(remedy, "Whoever runs this installation must act: people cannot put it right by consenting again"),
  ),
});

const accepted = ({ since, at, remedy }: ClientStanding): Words => ({
  kind: "connection.client_accepted",
  signal: "ok",
  title: "Amazon accepts this installation again",
  body: paragraphs(
    `Refreshes waited for ${spanWords(since, at)}: from ${momentWords(since)} to ${momentWords(at)}.`,
    sentences(remedy || "Nothing needs to be done: all connections are refreshed now"),
  ),
});
