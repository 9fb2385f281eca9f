import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { loadSecondFactor, submitSecondFactor } from "./second-factor.server";

export const meta: MetaFunction = () => [{ title: "Code · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadSecondFactor(args);
export const action = (args: ActionFunctionArgs) => submitSecondFactor(args);

export default function SecondFactor() {
  const refusal = useActionData<typeof action>();
  return (
    <Alone title="One more step">
      <p className="tm-muted">Give the code that your authenticator app shows for Tidemark now.</p>
      <LoneForm act="Sign in" failure={refusal?.failure}>
        <Field
          name="code"
          label="Code"
          autoComplete="one-time-code"
          inputMode="text"
          autoFocus
          hint="Without the app at hand, give one of your recovery codes instead. Each is good once."
          error={refusal?.fields.code}
        />
      </LoneForm>
      <p className="tm-sign-in-foot">
        No code and no recovery code? A passkey does as well: <Link to="/sign-in">begin anew</Link> and use yours.
      </p>
    </Alone>
  );
}
