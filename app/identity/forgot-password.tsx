import type { ActionFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import { Alone, LoneForm } from "./alone";
import { Field } from "./field";
import { submitForgotten } from "./forgot-password.server";

export const meta: MetaFunction = () => [{ title: "Forgot password · Tidemark" }];
export const action = (args: ActionFunctionArgs) => submitForgotten(args);

export default function ForgotPassword() {
  const answer = useActionData<typeof action>();
  if (answer?.asked) {
    return (
      <Alone title="Look at your mail">
        <p role="status">
          If somebody signs in to Tidemark with <strong>{answer.asked}</strong>, a mail with a link is on its way there.
          The link works once, for 30 minutes.
        </p>
        <p className="tm-sign-in-foot">
          No mail after some minutes? Look among unwanted mail, then <Link to="/forgot-password">ask again</Link>, or
          tell an owner or admin of your agency. <Link to="/sign-in">Back to sign-in</Link>
        </p>
      </Alone>
    );
  }
  return (
    <Alone title="Forgot your password?">
      <p className="tm-muted">You get a mail with a link to set a new one.</p>
      <LoneForm act="Send the link" failure={answer?.failure}>
        <Field name="email" label="Email" type="email" autoComplete="username" autoFocus error={answer?.fields.email} />
      </LoneForm>
      <p className="tm-sign-in-foot">
        <Link to="/sign-in">Back to sign-in</Link>
      </p>
    </Alone>
  );
}
