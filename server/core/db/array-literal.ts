/** Many values as one parameter: `= any(${arrayLiteral(ids)}::uuid[])` is one statement, however many there are. */
export const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
