// How the agency guards its runs at AMC: for everybody who asks to read, for whoever may change the agency to set.
import { useOne, useUpdate } from "@refinedev/core";
import { Button, Drawer, Form, InputNumber, Radio, Skeleton } from "antd";
import { type AmcPolicy, policyBounds, policyId } from "#server/amc/contract";
import { canEverywhere } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { useViewer } from "~/shell/viewer";
import { ServerForm } from "~/ui/server-form";
import { ErrorState } from "~/ui/states";

export interface PolicyDrawerProps {
  open: boolean;
  onClose: () => void;
}

export default function PolicyDrawer({ open, onClose }: PolicyDrawerProps) {
  const { result, query } = useOne<AmcPolicy>({
    resource: "amc-policies",
    id: policyId,
    queryOptions: { enabled: open },
    errorNotification: false,
  });
  return (
    <Drawer open={open} onClose={onClose} title="Rules for runs" width="min(480px, 100vw)" destroyOnHidden>
      {query.isError ? (
        <ErrorState error={query.error as ApiError} onRetry={() => void query.refetch()} />
      ) : result && !query.isFetching ? (
        <PolicyForm policy={result} onSaved={onClose} />
      ) : (
        <Skeleton active />
      )}
    </Drawer>
  );
}

type Values = Omit<AmcPolicy, "id">;

const whenOver = [
  { value: "warn", label: "Warn: it runs all the same" },
  { value: "refuse", label: "Refuse: a person, a schedule or a batch cannot start it" },
] as const satisfies readonly { value: Values["whenOver"]; label: string }[];

function PolicyForm({ policy: { id, ...values }, onSaved }: { policy: AmcPolicy; onSaved: () => void }) {
  const viewer = useViewer();
  const mayWrite = canEverywhere(viewer, "agency.write");
  const { mutateAsync, mutation } = useUpdate();
  const save = async (changed: Values) => {
    await mutateAsync({
      resource: "amc-policies",
      id,
      values: changed,
      errorNotification: false,
      successNotification: { message: "Rules saved. They hold for what is asked from now on.", type: "success" },
    });
    onSaved();
  };
  return (
    <ServerForm<Values> initialValues={values} onSend={save}>
      <p className="tm-form-lead">
        {mayWrite
          ? "They hold for everybody in the agency, for schedules and for the API."
          : `They hold for everybody in the agency. Owners and admins of ${viewer.agency.name} can change them.`}
      </p>
      <Form.Item
        name="freshHours"
        label="An answer is fresh for"
        extra="Whoever asks the same of the same days by then is given the answer there is; it can still be asked anew. 0: every question is run."
        rules={[{ required: true, message: "Give a number of hours." }]}
      >
        <InputNumber {...policyBounds.freshHours} precision={0} disabled={!mayWrite} addonAfter="hours" />
      </Form.Item>
      <Form.Item
        name="mostOverlapping"
        label="Runs over the same tables and days, at most"
        extra="Of one instance, within 24 hours, cancelled ones left out. Amazon rejects runs where too many touched the same inputs."
        rules={[{ required: true, message: "Give a number of runs." }]}
      >
        <InputNumber {...policyBounds.mostOverlapping} precision={0} disabled={!mayWrite} addonAfter="runs" />
      </Form.Item>
      <Form.Item name="whenOver" label="What happens to one more">
        <Radio.Group className="tm-choices" disabled={!mayWrite} options={[...whenOver]} />
      </Form.Item>
      {mayWrite ? (
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          Save rules
        </Button>
      ) : null}
    </ServerForm>
  );
}
