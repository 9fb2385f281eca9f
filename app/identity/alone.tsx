// The pages of people who are not signed in: one column, one form that works before any script has arrived.

import { Form } from "@remix-run/react";
import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import { BrandSign, useProductName } from "~/ui/brand-sign";
import type { Failure } from "~/ui/states";

interface AloneProps {
  title: string;
  children?: ReactNode;
  /** Says that numbers are invented. */
  sandbox?: boolean;
}

export function Alone({ title, sandbox = false, children }: AloneProps) {
  return (
    <main className="tm-alone">
      <div className="tm-sign-in">
        <p className="tm-sign-in-brand">
          <BrandSign /> <strong>{useProductName()}</strong>
        </p>
        <h1>{title}</h1>
        {children}
        {sandbox ? (
          <p className="tm-sign-in-foot">
            This installation runs on the Amazon sandbox: accounts and numbers are invented, nothing reaches Amazon.
          </p>
        ) : null}
      </div>
    </main>
  );
}

interface LoneFormProps {
  act: string;
  failure?: Pick<Failure, "message" | "remedy"> | null | undefined;
  children: ReactNode;
}

/** Loads the document anew when sent, so that nothing of the person before stays in memory. */
export function LoneForm({ act, failure, children }: LoneFormProps) {
  return (
    <Form method="post" reloadDocument className="tm-lone-form">
      {failure ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          message={
            <>
              <strong>{failure.message}</strong> {failure.remedy}
            </>
          }
        />
      ) : null}
      {children}
      <Button type="primary" htmlType="submit" block size="large">
        {act}
      </Button>
    </Form>
  );
}
