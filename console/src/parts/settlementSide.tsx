import type { SettlementDetail } from '../api/client';
import { Amount } from './amount';
import { Trace } from './trace';

function Layers({ of }: { of: SettlementDetail }) {
  if (of.layers.length === 0) return null;
  return (
    <table className="side-table">
      <caption>分层支付</caption>
      <thead>
        <tr>
          <th>支付层</th>
          <th className="receipt-amount">计入金额</th>
          <th className="receipt-amount">支付金额</th>
        </tr>
      </thead>
      <tbody>
        {of.layers.map((layer, at) => (
          <tr key={`${at}${layer.code}`} title={layer.fund_name}>
            <td>{layer.name}</td>
            <td className="receipt-amount">
              <Amount value={layer.base} />
            </td>
            <td className="receipt-amount">
              <Amount value={layer.paid} strong />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changes({ of }: { of: SettlementDetail }) {
  const times = (text: string) => <span className="amount">{text} 次</span>;
  if (of.counters.length + of.accounts.length === 0) return null;
  return (
    <table className="side-table">
      <caption>年度累计与账户</caption>
      <thead>
        <tr>
          <th>项目</th>
          <th className="receipt-amount">结算前</th>
          <th className="receipt-amount">结算后</th>
        </tr>
      </thead>
      <tbody>
        {of.counters.map((counter) => (
          <tr key={counter.code}>
            <td>
              {counter.name}
              {counter.limit && (
                <small>
                  限额 {counter.unit === 'times' ? counter.limit : <Amount value={counter.limit} />}
                </small>
              )}
            </td>
            <td className="receipt-amount">
              {counter.unit === 'times' ? times(counter.before) : <Amount value={counter.before} />}
            </td>
            <td className="receipt-amount">
              {counter.unit === 'times' ? times(counter.after) : <Amount value={counter.after} />}
            </td>
          </tr>
        ))}
        {of.accounts.map((account, at) => (
          <tr key={`account${at}`}>
            <td>
              个人账户余额
              <small>
                {account.owner_name}（{account.relation_name}）
              </small>
            </td>
            <td className="receipt-amount">
              <Amount value={account.before} />
            </td>
            <td className="receipt-amount">
              <Amount value={account.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stands beside the receipt: how it was worked out, layer by layer and step by step. */
export function SettlementSide({ of }: { of: SettlementDetail }) {
  return (
    <aside className="side">
      <h2>计算过程</h2>
      <Trace steps={of.trace} />
      <Layers of={of} />
      <Changes of={of} />
    </aside>
  );
}
