import type { PolicyTable } from '../../api/client';

const numeric = /^-?[\d,.]+\s*(%|元|分|次|天)?$/;

/** A value that depends on something: one column for what it depends on, one for what it is. */
export function ValueTable({ table }: { table: PolicyTable }) {
  return (
    <table className="value-table">
      <thead>
        <tr>
          {table.columns.map((column, at) => (
            <th key={`${at}${column}`}>{column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, at) => (
          <tr key={at}>
            {row.map((cell, place) => (
              <td key={place} className={numeric.test(cell) ? 'receipt-amount' : undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
