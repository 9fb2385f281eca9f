import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { PasskeyButton } from "./passkey-button";
import { loadSignIn, submitSignIn } from "./sign-in.server";

export const meta: MetaFunction = () => [{ title: "Sign in · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadSignIn(args);
export const action = (args: ActionFunctionArgs) => submitSignIn(args);

export default function SignIn() {
  const { sandbox, returning, passwordSet, to } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <Alone title="Sign in" sandbox={sandbox}>
      {passwordSet && !refusal ? <p role="status">Your new password is set. Sign in with it.</p> : null}
      {returning && !refusal ? <p className="tm-muted">Sign in to go on to the page you asked for.</p> : null}
      <LoneForm act="Sign in" failure={refusal?.failure}>
        <Field
          name="email"
          label="Email"
          type="email"
          autoComplete="username"
          autoFocus={!refusal}
          defaultValue={refusal?.typed.email ?? ""}
          error={refusal?.fields.email}
        />
        <Field
          name="password"
          label="Password"
          type="password"
          autoComplete="current-password"
          autoFocus={Boolean(refusal)}
          error={refusal?.fields.password}
        />
      </LoneForm>
      <p className="tm-forgot">
        <Link to="/forgot-password">Forgot password?</Link>
      </p>
      <PasskeyButton to={to} />
      <p className="tm-sign-in-foot">No account? An owner or admin of your agency can invite you.</p>
    </Alone>
  );
}
