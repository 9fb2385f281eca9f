import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { passwordHint } from "./password-hint";
import { loadReset, submitReset } from "./reset-password.server";

export const meta: MetaFunction = () => [{ title: "New password · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadReset(args);
export const action = (args: ActionFunctionArgs) => submitReset(args);
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function ResetPassword() {
  const { good } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  if (!good) {
    return (
      <Alone title="This link is no longer good">
        <p>It was used, replaced or is more than 30 minutes old.</p>
        <p>
          <Link to="/forgot-password">Ask for a new one</Link>
        </p>
      </Alone>
    );
  }
  return (
    <Alone title="Set a new password">
      <p className="tm-muted">
        You are signed out everywhere, then sign in with it. Your second factor stays as it is.
      </p>
      <LoneForm act="Set password" failure={refusal?.failure}>
        <Field
          name="password"
          label="New password"
          type="password"
          autoComplete="new-password"
          autoFocus
          hint={passwordHint}
          error={refusal?.fields.password}
        />
      </LoneForm>
    </Alone>
  );
}
