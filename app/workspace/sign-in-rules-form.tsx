import { useUpdate } from "@refinedev/core";
import { Button, Form, InputNumber, Radio } from "antd";
import { type SecondFactorRule, type SignInRules, sessionBounds } from "#server/workspace/agency-contract";
import { ServerForm } from "~/ui/server-form";

interface SignInRulesFormProps {
  rules: SignInRules;
  mayWrite: boolean;
  onSaved: () => void;
}

const choices: { value: SecondFactorRule; label: string }[] = [
  { value: "optional", label: "Up to each person" },
  { value: "admins", label: "Needed by owners and admins" },
  { value: "everyone", label: "Needed by everyone, clients too" },
];

type Values = Omit<SignInRules, "id" | "version">;

export function SignInRulesForm({ rules, mayWrite, onSaved }: SignInRulesFormProps) {
  const { mutateAsync, mutation } = useUpdate();
  const { id, version, ...values } = rules;
  const save = async (changed: Values) => {
    await mutateAsync({
      resource: "sign-in-rules",
      id,
      values: { ...changed, version },
      errorNotification: false,
      successNotification: { message: "Sign-in rules saved. They hold from now on.", type: "success" },
    });
    onSaved();
  };
  return (
    <ServerForm<Values> initialValues={values} onSend={save}>
      <Form.Item
        name="secondFactor"
        label="Second factor"
        extra="Whoever needs one and signs in with a password alone is led to set one up before anything else opens."
      >
        <Radio.Group className="tm-choices" disabled={!mayWrite} options={choices} />
      </Form.Item>
      <Form.Item
        name="idleMinutes"
        label="A session ends after so long without use"
        rules={[{ required: true, message: "Needed." }]}
      >
        <InputNumber {...sessionBounds.idleMinutes} precision={0} disabled={!mayWrite} addonAfter="minutes" />
      </Form.Item>
      <Form.Item
        name="hours"
        label="And so long after sign-in, however much it is used"
        rules={[{ required: true, message: "Needed." }]}
      >
        <InputNumber {...sessionBounds.hours} precision={0} disabled={!mayWrite} addonAfter="hours" />
      </Form.Item>
      {mayWrite ? (
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          Save sign-in rules
        </Button>
      ) : null}
    </ServerForm>
  );
}
