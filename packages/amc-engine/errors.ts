import type { Problem } from "./contract";

/** AMC would refuse this text before running it. */
export class RefusedSql extends Error {
  override name = "RefusedSql";
  constructor(readonly problems: Problem[]) {
    super(problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n"));
  }
}

/** A run was ended from outside: by its caller, its deadline or its memory. */
export class RunStopped extends Error {
  override name = "RunStopped";
  constructor(readonly reason: "aborted" | "timeout" | "memory") {
    super(
      { aborted: "The run was stopped.", timeout: "The run took too long.", memory: "The run needs too much memory." }[
        reason
      ],
    );
  }
}

/** The text is sound, the data made it fail: a cast of words to numbers, a value out of range. */
export class RunFailed extends Error {
  override name = "RunFailed";
}
