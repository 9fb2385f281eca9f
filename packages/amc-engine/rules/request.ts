// What a query and its request say of each other: parameters and the window.
import { type Expression, isCall, textOf } from "../ast";
import { type Rule, type Subject, whereIs } from "./finding";
import { callsOf } from "./tables";

const lagHours = 48;

export const parameters: Rule = (subject) => {
  const declared = subject.options.parameters;
  const used = parametersIn(subject);
  const undeclared = used.flatMap(({ name, node }) => {
    if (!declared || declared.some((one) => one.name === name)) return [];
    const fix = name ? `Declare a parameter named ${name}.` : "Write CUSTOM_PARAMETER('name').";
    const message = name ? `The parameter ${name} is not declared.` : "CUSTOM_PARAMETER takes one text: the name.";
    return [{ rule: "undeclared-parameter", message, fix, severity: "error" as const, at: whereIs(node, subject) }];
  });
  const unused = (declared ?? []).flatMap(({ name }) =>
    used.some((one) => one.name === name)
      ? []
      : [
          {
            rule: "unused-parameter",
            message: `The parameter ${name} is declared and not used.`,
            fix: `Use CUSTOM_PARAMETER('${name}') or remove the declaration.`,
            severity: "warning" as const,
            at: firstToken(subject),
          },
        ],
  );
  return [...undeclared, ...unused];
};

/** The parameters a query asks for, with their places; the name is null where it is no text. */
export function parametersIn(subject: Subject): { name: string | null; node: Expression }[] {
  return callsOf(subject)
    .filter(({ node }) => isCall(node) && node.function_name.toLowerCase() === "custom_parameter")
    .map(({ node }) => ({ name: textOf(node.children?.[0]), node }));
}

export const builtInParameter: Rule = (subject) =>
  callsOf(subject).flatMap(({ node }) => {
    if (node.function_name?.toLowerCase() !== "built_in_parameter") return [];
    const name = textOf(node.children?.[0])?.toUpperCase();
    if (name === "TIME_WINDOW_START" || name === "TIME_WINDOW_END") return [];
    const fix = "Write 'TIME_WINDOW_START' or 'TIME_WINDOW_END'.";
    return [
      {
        rule: "built-in-parameter",
        message: "There is no such built-in parameter.",
        fix,
        severity: "error" as const,
        at: whereIs(node, subject),
      },
    ];
  });

export const dataLag: Rule = (subject) => {
  const { windowEnd, now } = subject.options;
  const settled = now && new Date(now.getTime() - lagHours * 3_600_000);
  if (!windowEnd || !settled || windowEnd <= settled) return [];
  const fix = `End the window by ${settled.toISOString().slice(0, 16)}Z.`;
  return [
    {
      rule: "data-lag",
      message: `The last ${lagHours} hours of events are not all there yet.`,
      fix,
      severity: "warning",
      at: firstToken(subject),
    },
  ];
};

function firstToken({ tokens }: Subject) {
  return { start: tokens[0]?.start ?? 0, end: tokens[0]?.end ?? 0 };
}
