import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Select } from "antd";
import { useMemo, useState } from "react";
import type { ApiKey, ApiKeySecret } from "#server/workspace/key-contract";
import { can } from "~/providers/access-control";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { loadApiKeys } from "./api-keys.server";
import { keyColumns, keyStates } from "./key-columns";
import { KeyDialog } from "./key-dialog";
import { KeyDrawer } from "./key-drawer";
import { RotateDialog } from "./rotate-dialog";
import { useRevoking } from "./use-revoking";

export const meta: MetaFunction = () => [{ title: "API keys · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadApiKeys(args);
export const shouldRevalidate = keepsLoader();

export default function ApiKeys() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<ApiKey>("api-keys", seed);
  const viewer = useViewer();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<ApiKeySecret | null>(null);
  const [rotating, setRotating] = useState<ApiKey | null>(null);
  const revoke = useRevoking();
  const mayWrite = can(viewer, "keys.write");
  const { brands, user } = viewer;
  const columns = useMemo(
    () => keyColumns({ me: user.id, brands, mayWrite, onRotate: setRotating, onRevoke: revoke }),
    [user.id, brands, mayWrite, revoke],
  );
  const create = mayWrite ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      Make a key
    </Button>
  ) : null;
  return (
    <Page
      title="API keys"
      description="For programs that call the API. A key does at most what it was made for, and never more than its owner may."
      width="full"
      action={create}
    >
      <DataTable
        table={table}
        columns={columns}
        what="keys"
        searchLabel="Search keys"
        height="auto"
        filters={
          <Select
            aria-label="State"
            allowClear
            placeholder="Any state"
            options={keyStates}
            value={table.filterValue("state")}
            onChange={(value) => table.setFilter("state", value)}
          />
        }
        empty={
          <EmptyState title="Keys will be listed here" action={create}>
            <p>
              A program calls <a href="/api/v1/openapi.json">the API</a> with a key of its own, so that it can be taken
              away alone. Nobody has made one yet.
            </p>
          </EmptyState>
        }
      />
      <KeyDrawer open={making} onClose={() => setMaking(false)} onDone={setMade} />
      <RotateDialog rotated={rotating} onClose={() => setRotating(null)} onDone={setMade} />
      <KeyDialog made={made} onClose={() => setMade(null)} />
    </Page>
  );
}
