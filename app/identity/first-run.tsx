import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { loadFirstRun, submitFirstRun } from "./first-run.server";
import { passwordHint } from "./password-hint";

export const meta: MetaFunction = () => [{ title: "Set up · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadFirstRun(args);
export const action = (args: ActionFunctionArgs) => submitFirstRun(args);

export default function FirstRun() {
  const { sandbox } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const first = Object.keys(refusal?.fields ?? {})[0] ?? "agencyName";
  const field = (name: string) => ({
    name,
    autoFocus: name === first,
    defaultValue: refusal?.typed[name] ?? "",
    error: refusal?.fields[name],
  });
  return (
    <Alone title="Set up Tidemark" sandbox={sandbox}>
      <p className="tm-muted">Name your agency and make yourself its owner. This page exists only until you do.</p>
      <LoneForm act="Create agency" failure={refusal?.failure}>
        <Field {...field("agencyName")} label="Agency" autoComplete="organization" />
        <Field {...field("name")} label="Your name" autoComplete="name" />
        <Field {...field("email")} label="Email" type="email" autoComplete="username" />
        <Field
          {...field("password")}
          label="Password"
          type="password"
          autoComplete="new-password"
          hint={passwordHint}
        />
      </LoneForm>
    </Alone>
  );
}
