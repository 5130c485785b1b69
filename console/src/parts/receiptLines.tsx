import type { SettlementDetail } from '../api/client';
import { Amount } from './amount';

type Props = Pick<SettlementDetail, 'lines' | 'totals'>;

/** The bill line by line, each split into the parts the law makes of it. */
export function ReceiptLines({ lines, totals }: Props) {
  return (
    <table className="receipt-lines">
      <caption>费用明细</caption>
      <thead>
        <tr>
          <th className="receipt-no">序号</th>
          <th>项目</th>
          <th className="receipt-class">等级</th>
          <th className="receipt-amount">单价</th>
          <th className="receipt-amount">数量</th>
          <th className="receipt-amount">金额</th>
          <th className="receipt-amount">全自费</th>
          <th className="receipt-amount">超限价</th>
          <th className="receipt-amount">先行自付</th>
          <th className="receipt-amount">政策范围内</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.no}>
            <td className="receipt-no">{line.no}</td>
            <td className="receipt-item">
              {line.name}
              {(line.code || line.note) && (
                <small>{[line.code, line.note].filter(Boolean).join('　')}</small>
              )}
            </td>
            <td className="receipt-class">{line.class_name}</td>
            <td className="receipt-amount">
              <Amount value={line.price} />
            </td>
            <td className="receipt-amount">{line.quantity}</td>
            <td className="receipt-amount">
              <Amount value={line.amount} />
            </td>
            <td className="receipt-amount">
              <Amount value={line.self_paid} quietZero />
            </td>
            <td className="receipt-amount">
              <Amount value={line.over_limit} quietZero />
            </td>
            <td className="receipt-amount">
              <Amount value={line.prior} quietZero />
            </td>
            <td className="receipt-amount">
              <Amount value={line.in_scope} quietZero />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={5}>合计</td>
          <td className="receipt-amount">
            <Amount value={totals.total} strong />
          </td>
          <td className="receipt-amount">
            <Amount value={totals.self_paid} quietZero />
          </td>
          <td className="receipt-amount">
            <Amount value={totals.over_limit} quietZero />
          </td>
          <td className="receipt-amount">
            <Amount value={totals.prior} quietZero />
          </td>
          <td className="receipt-amount">
            <Amount value={totals.in_scope} quietZero />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
