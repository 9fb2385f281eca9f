// The file's bytes as its format makes them, counted and hashed on their way.
import { createHash } from "node:crypto";
import type { FormatId } from "./contract";
import { type About, type Cell, type FileColumn, formats } from "./formats";
import { blockBytes } from "./manifest-contract";

export interface Measured {
  rows: number;
  bytes: number;
  sha256: string;
  blocks: string[];
}

export interface FileSource {
  columns: readonly FileColumn[];
  rows: AsyncIterable<readonly Cell[]>;
  about: About;
}

/** SHA-256 of bytes that come piece by piece: of all, and of each 1 MiB. */
export class FileHash {
  private readonly whole = createHash("sha256");
  private readonly blocks: string[] = [];
  private block = createHash("sha256");
  private inBlock = 0;
  bytes = 0;

  add(piece: Uint8Array): void {
    this.whole.update(piece);
    this.bytes += piece.length;
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + blockBytes - this.inBlock);
      this.block.update(part);
      at += part.length;
      this.inBlock += part.length;
      if (this.inBlock === blockBytes) this.endBlock();
    }
  }

  private endBlock(): void {
    this.blocks.push(this.block.digest("hex"));
    this.block = createHash("sha256");
    this.inBlock = 0;
  }

  end(): Omit<Measured, "rows"> {
    if (this.inBlock > 0 || this.blocks.length === 0) this.endBlock();
    return { bytes: this.bytes, sha256: this.whole.digest("hex"), blocks: this.blocks };
  }
}

export interface MeasuredFile {
  bytes: AsyncIterable<Uint8Array>;
  /** Read until now. */
  rows(): number;
  /** Once all bytes are read. */
  end(): Measured;
}

export function measureFile({ columns, rows, about }: FileSource, format: FormatId): MeasuredFile {
  const hash = new FileHash();
  let told = 0;
  const counted = async function* () {
    for await (const row of rows) {
      told++;
      yield row;
    }
  };
  const bytes = async function* () {
    for await (const piece of formats[format].write(columns, counted(), about)) {
      hash.add(piece);
      yield piece;
    }
  };
  return { bytes: bytes(), rows: () => told, end: () => ({ rows: told, ...hash.end() }) };
}
