import type { BudgetLine } from '../../api/client';
import { Amount, magnitude } from '../../parts/amount';

/** Month by month: the quota beside what was used. */
export function MonthsTable({ of }: { of: BudgetLine }) {
  const scale = Math.max(
    1,
    ...of.months.flatMap((month) => [magnitude(month.quota), magnitude(month.actual)]),
  );
  return (
    <>
      <p>{of.sentence}</p>
      <table className="side-table">
        <thead>
          <tr>
            <th>月份</th>
            <th className="receipt-amount">月度限额</th>
            <th className="receipt-amount">发生额</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {of.months.map((month) => (
            <tr key={month.month}>
              <td>{month.month}</td>
              <td className="receipt-amount">
                <Amount value={month.quota} quietZero />
              </td>
              <td className="receipt-amount">
                <Amount value={month.actual} quietZero />
              </td>
              <td className="budget-bars" aria-hidden>
                <span
                  className="budget-quota"
                  style={{ width: `${(magnitude(month.quota) / scale) * 100}%` }}
                />
                <span
                  className={
                    magnitude(month.actual) > magnitude(month.quota)
                      ? 'budget-used budget-over'
                      : 'budget-used'
                  }
                  style={{ width: `${(magnitude(month.actual) / scale) * 100}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
