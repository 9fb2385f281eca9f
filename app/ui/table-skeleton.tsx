/** Rows in the final layout of a table, before its data is known. */
export function TableSkeleton({
  columns,
  rows = 8,
}: {
  columns: { key: string; title: string; numeric?: boolean }[];
  rows?: number;
}) {
  const lines = Array.from({ length: rows }, (_, index) => `row-${index}`);
  return (
    <div className="tm-table-skeleton" role="status">
      <span className="tm-unseen">Loading</span>
      <table aria-hidden="true">
        <thead>
          <tr>
            {columns.map(({ key, title, numeric }) => (
              <th key={key} data-numeric={numeric}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line}>
              {columns.map(({ key, numeric }) => (
                <td key={key} data-numeric={numeric}>
                  <span className="tm-bone" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
