// The currency that a page shows its money in, kept in the URL. Native is what Amazon reports.
import { useList } from "@refinedev/core";
import { Select } from "antd";
import { useState } from "react";
import { useUrlParam } from "~/providers/router";

interface Pair {
  id: string;
  base: string;
  quote: string;
}

const native = "native";

export function CurrencyPicker({ currency }: { currency: string | null }) {
  const [, setCurrency] = useUrlParam("currency");
  const [wanted, setWanted] = useState(false);
  const { result, query } = useList<Pair>({
    resource: "currency-pairs",
    pagination: { currentPage: 1, pageSize: 200 },
    queryOptions: { enabled: wanted },
    errorNotification: false,
  });
  const known = new Set([...(currency ? [currency] : []), ...result.data.flatMap(({ base, quote }) => [base, quote])]);
  return (
    <Select
      aria-label="Currency of the money shown"
      className="tm-currency-picker"
      value={currency ?? native}
      onChange={(chosen: string) => setCurrency(chosen === native ? null : chosen)}
      onOpenChange={(open) => {
        if (open && query.isError) void query.refetch();
        if (open) setWanted(true);
      }}
      getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
      loading={wanted && query.isFetching}
      popupMatchSelectWidth={220}
      options={[
        { value: native, label: "Native" },
        ...[...known].sort().map((code) => ({ value: code, label: code })),
        ...(query.isError
          ? [{ value: "failed", label: "Rates could not be loaded; open again to retry", disabled: true }]
          : []),
        ...(query.isSuccess && known.size === 0
          ? [{ value: "none", label: "No rates yet: see Exchange rates", disabled: true }]
          : []),
      ]}
    />
  );
}
