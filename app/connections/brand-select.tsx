import { useNotification } from "@refinedev/core";
import { Select } from "antd";
import type { Account } from "#server/connections/contract";
import { useViewer } from "~/shell/viewer";
import { useAssigning } from "./use-assigning";

const NONE = "none";

/** Gives one account to a brand, or takes it away. */
export function BrandSelect({ account }: { account: Account }) {
  const { brands } = useViewer();
  const { assign, busy } = useAssigning();
  const { open } = useNotification();
  const named = account.brandId && !brands.some(({ id }) => id === account.brandId);
  const options = [
    { value: NONE, label: "Not assigned" },
    ...(named
      ? [
          {
            value: account.brandId ?? "",
            label: `${account.brandName ?? ""}${account.brandArchived ? ", archived" : ""}`,
          },
        ]
      : []),
    ...brands.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const choose = async (value: string) => {
    const results = await assign({
      accountIds: [account.id],
      brandId: value === NONE ? null : value,
      known: [account],
    });
    const refused = results.find(({ outcome }) => outcome === "refused" || outcome === "not_found");
    if (refused)
      open?.({ type: "error", message: `${account.name} was not assigned`, description: refused.reason ?? "" });
  };
  return (
    <Select
      size="small"
      variant="borderless"
      aria-label={`Brand of ${account.name}`}
      className="tm-cell-select"
      showSearch
      optionFilterProp="label"
      value={account.brandId ?? NONE}
      options={options}
      loading={busy}
      disabled={busy}
      popupMatchSelectWidth={false}
      onChange={(value) => choose(value).catch(() => {})}
    />
  );
}
