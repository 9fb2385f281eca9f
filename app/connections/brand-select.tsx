import { useNotification } from "@refinedev/core";
import { Select } from "antd";
import type { Account, AssignedAccount } from "#server/connections/contract";
import { useAct } from "~/providers/act";
import { useViewer } from "~/shell/viewer";

const NONE = "none";

/** Gives one account to a brand, or takes it away. */
export function BrandSelect({ account }: { account: Account }) {
  const { brands } = useViewer();
  const { act, busy } = useAct("accounts");
  const { open } = useNotification();
  const named = account.brandId && !brands.some(({ id }) => id === account.brandId);
  const options = [
    { value: NONE, label: "Not assigned" },
    ...(named ? [{ value: account.brandId ?? "", label: account.brandName ?? "" }] : []),
    ...brands.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const assign = async (value: string) => {
    const brandId = value === NONE ? null : value;
    const input = { accountIds: [account.id], brandId };
    const { results } = await act<{ results: AssignedAccount[] }>({ action: "assign", input });
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
      onChange={(value) => assign(value).catch(() => {})}
    />
  );
}
