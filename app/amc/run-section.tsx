import { Alert, Form, Input } from "antd";
import { type FormEvent, useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type { ExecutionCheck } from "#server/amc/execution-contract";
import { Field } from "~/pages/field";
import { Section } from "~/ui/page";
import { AskActs } from "./ask-acts";
import { ownTitle } from "./asked-before";
import { Guard } from "./guard";
import { InstancePicker } from "./instance-picker";
import { useAnswer } from "./use-answer";
import { type Asked, useAsking } from "./use-asking";
import { WindowField } from "./window-field";

interface RunSectionProps {
  question: Omit<Asked, "instanceIds" | "window" | "periods">;
  /** Nothing is known that AMC would refuse. */
  sound: boolean;
  instances: AmcInstance[];
  instanceIds: string[];
  tables: readonly string[];
  today: string;
  /** What it begins with. */
  window: AmcWindow;
  onInstances(ids: string[]): void;
  /** Null: the question has a title already. */
  onTitle: ((title: string) => void) | null;
  /** The run keeps what was asked: the page is about to be left. */
  onStarted(): void;
}

/** Where and about which days SQL is asked. */
export function RunSection(props: RunSectionProps) {
  const { question, sound, instances, instanceIds, tables, today, onInstances, onTitle } = props;
  const [window, setWindow] = useState(props.window);
  const { ask, busy, said } = useAsking(props.onStarted);
  const [only] = instanceIds.length === 1 ? instanceIds : [];
  const { title: _, ...checked } = question;
  const check = useAnswer<ExecutionCheck>(
    { resource: "amc-executions", action: "check" },
    only && sound ? { ...checked, instanceId: only, window } : null,
  );
  const problems = { ...check.error?.errors, ...said?.errors } as Record<string, string>;
  const run = (anyway: boolean) => void ask({ ...question, instanceIds, window, periods: null, anyway });
  const send = (event: FormEvent) => {
    event.preventDefault();
    run(false);
  };
  return (
    <Section title="Run it">
      <form className="tm-question" onSubmit={send} noValidate>
        <Form layout="vertical" component={false}>
          {onTitle ? (
            <Field id="amc-title" label="Title of the run" problem={problems.title} hint="It is found again by this.">
              <Input
                id="amc-title"
                maxLength={120}
                placeholder={ownTitle}
                value={question.title ?? ""}
                onChange={({ target }) => onTitle(target.value)}
              />
            </Field>
          ) : null}
          <InstancePicker
            {...{ instances, tables }}
            value={instanceIds}
            problem={problems.instanceIds ?? problems.instanceId}
            onChange={onInstances}
          />
          <WindowField value={window} onChange={setWindow} problem={problems.window} today={today} />
        </Form>
        <Guard check={check.answer} error={said ?? check.error} asking={check.asking} />
        {Object.keys(problems).length > 0 ? (
          <Alert type="error" showIcon message={Object.values(problems).join(" ")} />
        ) : null}
        <AskActs
          check={check.answer}
          runs={instanceIds.length}
          busy={busy}
          unsound={!sound}
          onAnyway={() => run(true)}
        />
      </form>
    </Section>
  );
}
