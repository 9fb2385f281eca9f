import { DeleteOutlined } from "@ant-design/icons";
import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Form, Input } from "antd";
import { useMemo, useState } from "react";
import type { CurrencyRate } from "#server/insights/rate-contract";
import { canEverywhere } from "~/providers/access-control";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { type Column, DataTable } from "~/ui/data-table";
import { FormDrawer } from "~/ui/form-drawer";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Day } from "~/ui/values";
import { loadRates } from "./rates.server";

export const meta: MetaFunction = () => [{ title: "Exchange rates · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRates(args);
export const shouldRevalidate = keepsLoader();

const rateColumns = (onRemove: ((rate: CurrencyRate) => void) | null): Column<CurrencyRate>[] => [
  { key: "day", title: "Day", sort: true, narrow: true, width: 140, render: ({ day }) => <Day day={day} /> },
  { key: "base", title: "From", sort: true, narrow: true, width: 100, render: ({ base }) => base },
  { key: "quote", title: "To", sort: true, narrow: true, width: 100, render: ({ quote }) => quote },
  {
    key: "rate",
    title: "Rate",
    numeric: true,
    hint: "Units of the second currency for one of the first, an exact decimal.",
    render: ({ base, quote, rate }) => <span data-tip={`1 ${base} is ${rate} ${quote}`}>{rate}</span>,
  },
  { key: "setBy", title: "Set by", render: ({ setBy }) => setBy },
  { key: "setAt", title: "Set", sort: true, render: ({ setAt }) => <Time at={setAt} past /> },
  ...(onRemove
    ? [
        {
          key: "acts",
          title: "",
          width: 56,
          render: (rate: CurrencyRate) => (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`Delete the rate of ${rate.base} to ${rate.quote} on ${rate.day}`}
              onClick={() => onRemove(rate)}
            />
          ),
        },
      ]
    : []),
];

export default function Rates() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<CurrencyRate>("currency-rates", seed);
  const mayWrite = canEverywhere(useViewer(), "rates.write");
  const [setting, setSetting] = useState(false);
  const confirm = useConfirm();
  const { mutateAsync } = useDelete();
  const columns = useMemo(() => {
    const remove = ({ id, base, quote, day }: CurrencyRate) =>
      confirm({
        title: `Delete the rate of ${base} to ${quote} on ${day}?`,
        content: "Days from then on are converted by the last rate before it.",
        act: "Delete",
        danger: true,
        onAct: () => mutateAsync({ resource: "currency-rates", id }),
      });
    return rateColumns(mayWrite ? remove : null);
  }, [mayWrite, confirm, mutateAsync]);
  const set = mayWrite ? (
    <Button type="primary" onClick={() => setSetting(true)}>
      Set a rate
    </Button>
  ) : null;
  return (
    <Page
      title="Exchange rates"
      description="By which money of several currencies can be seen as one. Each day is converted by its own rate, or the last before it."
      action={set}
    >
      <DataTable
        table={table}
        columns={columns}
        what="rates"
        searchLabel="Search by currency"
        empty={
          <EmptyState title="Rates will be listed here" action={set}>
            Set one, or bring in a CSV file with the columns From, To, Day and Rate. Until then money is shown in its
            native currency only.
          </EmptyState>
        }
      />
      <FormDrawer
        open={setting}
        onClose={() => setSetting(false)}
        title="Set a rate"
        resource="currency-rates"
        act="Set rate"
        done="Rate set"
        onDone={table.refetch}
      >
        <Form.Item
          name="base"
          label="From"
          rules={[{ required: true, message: "Give a currency's code, such as USD." }]}
        >
          <Input autoFocus maxLength={3} placeholder="USD" />
        </Form.Item>
        <Form.Item
          name="quote"
          label="To"
          rules={[{ required: true, message: "Give a currency's code, such as EUR." }]}
        >
          <Input maxLength={3} placeholder="EUR" />
        </Form.Item>
        <Form.Item name="day" label="Day" rules={[{ required: true, message: "Choose a day." }]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="rate"
          label="Rate"
          extra="Units of the second currency for one of the first. What the pair had on this day is replaced."
          rules={[{ required: true, message: "Give a rate, such as 0.9223." }]}
        >
          <Input inputMode="decimal" placeholder="0.9223" />
        </Form.Item>
      </FormDrawer>
    </Page>
  );
}
