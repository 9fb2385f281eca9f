// Checks an exported log without a database: the chain from line to line, and the signatures of its checkpoints.
import { z } from "zod";
import { canonicalText, digestOf, linkHash } from "./canonical";
import { type ChainCheck, checkChain, type Place, type Problem } from "./check-chain";
import { isSignedBy, keyIdOf } from "./signing";

const At = z.object({ seq: z.number(), hash: z.string() });
const Line = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("header"),
    format: z.literal("tidemark audit 1"),
    agencyId: z.string(),
    exportedAt: z.string(),
    filters: z.string(),
    start: At,
    end: At,
  }),
  z.object({ type: z.literal("key"), id: z.string(), publicKey: z.string() }),
  At.extend({
    type: z.literal("checkpoint"),
    agencyId: z.string(),
    at: z.string(),
    keyId: z.string(),
    signature: z.string(),
  }),
  At.extend({ type: z.literal("event"), event: z.record(z.string(), z.unknown()) }),
  At.extend({ type: z.literal("digest"), digest: z.string() }),
  z.object({ type: z.literal("end") }),
]);
type Line = z.infer<typeof Line>;
type Header = Extract<Line, { type: "header" }>;

export interface ExportReport {
  problems: Problem[];
  agencyId: string | null;
  exportedAt: string | null;
  events: number;
  /** The last event under a signed checkpoint. */
  provedTo: number;
  /** Ids of the keys that signed. */
  keyIds: string[];
}

/** @param trusted public keys (SPKI, base64) to believe; without them those in the file are believed */
export async function verifyExport(
  lines: AsyncIterable<string>,
  trusted: readonly string[] = [],
): Promise<ExportReport> {
  const reading = new Reading(trusted);
  let number = 0;
  for await (const text of lines) if (text.trim()) reading.take(text, ++number);
  return reading.end();
}

class Reading {
  private readonly problems: Problem[] = [];
  private readonly keys: Map<string, string>;
  private readonly used = new Set<string>();
  private header: Header | null = null;
  private check: ChainCheck | null = null;
  private events = 0;
  private proved: number | null = null;
  private ended = false;

  constructor(private readonly trusted: readonly string[]) {
    this.keys = new Map(trusted.map((key) => [keyIdOf(key), key]));
  }

  take(text: string, number: number): void {
    const line = readLine(text);
    if (!line) this.say(null, `Line ${number} cannot be read.`);
    else if (this.ended) this.say(null, `Line ${number} comes after the end.`);
    else if (line.type === "header") this.begin(line, number);
    else if (!this.header || !this.check) this.say(null, `Line ${number} comes before the header.`);
    else if (line.type === "key") this.learn(line);
    else if (line.type === "checkpoint") this.believe(line, this.header);
    else if (line.type === "end") this.ended = true;
    else this.follow(line, text, this.header);
  }

  private begin(header: Header, number: number): void {
    if (number !== 1) {
      this.say(null, `Line ${number} is a second header.`);
      return;
    }
    this.header = header;
    this.check = checkChain(header.start, new Map(), (problem) => this.problems.push(problem));
  }

  private learn({ id, publicKey }: Extract<Line, { type: "key" }>): void {
    if (keyIdOf(publicKey) !== id) this.say(null, `The key ${id} is not the one it says it is.`);
    else if (this.trusted.length === 0) this.keys.set(id, publicKey);
  }

  private believe(checkpoint: Extract<Line, { type: "checkpoint" }>, { agencyId }: Header): void {
    const { seq, hash, keyId } = checkpoint;
    const key = this.keys.get(keyId);
    const at = this.check?.at();
    if (!key) this.say(seq, `The checkpoint at ${seq} is signed by the key ${keyId}, which is not known.`);
    else if (checkpoint.agencyId !== agencyId || !isSignedBy(checkpoint, key)) {
      this.say(seq, `The checkpoint at ${seq} is not as it was signed.`);
    } else if (at?.seq !== seq || at.hash !== hash) {
      this.say(seq, `The chain does not go through the checkpoint at ${seq}.`);
    } else {
      this.used.add(keyId);
      this.proved = seq;
    }
  }

  private follow(line: Extract<Line, { type: "event" | "digest" }>, text: string, { agencyId }: Header): void {
    const { seq, hash } = line;
    if (line.type === "digest") {
      this.check?.step({ seq, hash, eventId: null, text: null, digest: line.digest });
      return;
    }
    this.events++;
    if (line.event.agencyId !== agencyId) this.say(seq, `Event ${seq} is of another agency.`);
    this.check?.step({ seq, hash, eventId: String(line.event.id ?? ""), text: this.writtenText(line, text) });
  }

  /** As it stands in the line, to the byte; from its values where a tool has written the line anew. */
  private writtenText({ hash, event }: Extract<Line, { type: "event" }>, text: string): string {
    const verbatim = text.slice(text.indexOf('"event":{') + '"event":'.length, text.lastIndexOf("}"));
    const former = this.check?.at().hash ?? "";
    return linkHash(former, digestOf(verbatim)) === hash ? verbatim : canonicalText(event);
  }

  private say(seq: number | null, message: string): void {
    this.problems.push({ seq, eventId: null, message });
  }

  end(): ExportReport {
    const { header } = this;
    const last: Place | undefined = this.check?.at();
    if (!header) this.say(null, "The header is missing: this is no exported audit log.");
    else {
      if (!this.ended) this.say(null, "The file has no end: it was cut.");
      if (last?.seq !== header.end.seq || last.hash !== header.end.hash) {
        this.say(last?.seq ?? null, `The chain ends at ${last?.seq}, but the export came to ${header.end.seq}.`);
      }
      if (this.proved !== last?.seq)
        this.say(last?.seq ?? null, `No signed checkpoint stands at ${last?.seq}, the end.`);
    }
    return {
      problems: this.problems,
      agencyId: header?.agencyId ?? null,
      exportedAt: header?.exportedAt ?? null,
      events: this.events,
      provedTo: this.proved ?? 0,
      keyIds: [...this.used],
    };
  }
}

function readLine(text: string): Line | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
