// Where each part of a JSON text stands, so that what is wrong with it can be shown at its line. Browsers tell a fault of the
// text itself without its place, or not in the same way.

const space = /[ \t\n\r]*/y;
const string = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Fault extends Error {
  constructor(readonly at: number) {
    super("this is not JSON");
  }
}

/** Reads a text from left to right. */
class Reader {
  #at = 0;
  readonly lines = new Map<string, number>();

  constructor(readonly text: string) {}

  lineAt(at = this.#at): number {
    return this.text.slice(0, at).split("\n").length;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined) throw new Fault(this.#at);
    this.#at += found.length;
    return found;
  }

  #next(): string {
    this.#take(space);
    return this.text.charAt(this.#at);
  }

  #expect(sign: string): void {
    if (this.#next() !== sign) throw new Fault(this.#at);
    this.#at++;
  }

  #members(end: string, readOne: (index: number) => void): void {
    this.#at++;
    for (let index = 0; this.#next() !== end; index++) {
      if (index > 0) this.#expect(",");
      readOne(index);
    }
    this.#at++;
  }

  value(path: readonly string[]): void {
    const first = this.#next();
    this.lines.set(path.join("."), this.lineAt());
    if (first === "[") this.#members("]", (index) => this.value([...path, String(index)]));
    else if (first === "{") {
      this.#members("}", () => {
        this.#next();
        const key = JSON.parse(this.#take(string)) as string;
        this.#expect(":");
        this.value([...path, key]);
      });
    } else this.#take(first === '"' ? string : literal);
  }

  whole(): void {
    this.value([]);
    if (this.#next() !== "") throw new Fault(this.#at);
  }
}

export type ReadJson = { value: object; lines: ReadonlyMap<string, number> } | { line: number; why: string };

/** The value with the line of each part by its path (`filters.0.field`), or the line and the reason where it is no JSON object. */
export function readJson(text: string): ReadJson {
  const reader = new Reader(text);
  try {
    reader.whole();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return {
      line: reader.lineAt(error.at),
      why: "This is not valid JSON here: check quotes, commas and brackets.",
    };
  }
  const value: unknown = JSON.parse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value, lines: reader.lines };
  return { line: 1, why: "This must be an object, in curly brackets." };
}

/** The line of a path, or of the nearest part around it that is there. */
export function lineOf(lines: ReadonlyMap<string, number>, path: string): number {
  for (let steps = path.split("."); steps.length > 0; steps = steps.slice(0, -1)) {
    const line = lines.get(steps.join("."));
    if (line !== undefined) return line;
  }
  return 1;
}
