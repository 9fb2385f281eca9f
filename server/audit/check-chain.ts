// Walks a chain link by link and says what does not fit. Knows neither database nor file: both verifications are this one.
import { digestOf, linkHash } from "./canonical";

/** A place in a chain. */
export interface Place {
  seq: number;
  hash: string;
}

export interface Link extends Place {
  eventId: string | null;
  /** The event's text; null where the event is gone. */
  text: string | null;
  /** In its stead, for an event that is not shown. */
  digest?: string;
}

export interface Problem {
  /** The place in the chain, where one can be named. */
  seq: number | null;
  eventId: string | null;
  message: string;
}

export interface ChainCheck {
  step(link: Link): void;
  /** The last link that was walked. */
  at(): Place;
}

/** @param known what signed checkpoints say of places of this chain */
export function checkChain(
  start: Place,
  known: ReadonlyMap<number, string>,
  report: (problem: Problem) => void,
): ChainCheck {
  let last = start;
  const said = (link: Link, message: string) => report({ seq: link.seq, eventId: link.eventId, message });
  return {
    at: () => last,
    step(link) {
      if (link.seq !== last.seq + 1) {
        const missing =
          last.seq + 1 === link.seq - 1 ? `Link ${last.seq + 1} is` : `Links ${last.seq + 1} to ${link.seq - 1} are`;
        said(
          link,
          link.seq > last.seq
            ? `${missing} gone: after ${last.seq} comes ${link.seq}.`
            : `Link ${link.seq} comes after ${last.seq}.`,
        );
      } else if (link.text === null && link.digest === undefined) {
        said(link, `The event of link ${link.seq} is gone.`);
      } else if (linkHash(last.hash, link.digest ?? digestOf(link.text ?? "")) !== link.hash) {
        said(link, `Event ${link.seq} is not what was written: its hash does not fit.`);
      }
      const signed = known.get(link.seq);
      if (signed !== undefined && signed !== link.hash) {
        said(link, `Event ${link.seq} is not what a signed checkpoint says: the chain was rewritten.`);
      }
      last = { seq: link.seq, hash: link.hash };
    },
  };
}
