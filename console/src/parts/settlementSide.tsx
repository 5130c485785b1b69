import type { SettlementDetail } from '../api/client';
import { Amount } from './amount';
import { CounterValue } from './counterValue';
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
          <th className="receipt-amount">起付线</th>
          <th className="receipt-amount">支付金额</th>
        </tr>
      </thead>
      <tbody>
        {of.layers.map((layer, at) => (
          <tr key={`${at}${layer.code}`}>
            <td>
              {layer.name}
              <small>{layer.fund_name}</small>
            </td>
            <td className="receipt-amount">
              <Amount value={layer.base} />
            </td>
            <td className="receipt-amount">
              <Amount value={layer.deductible} quietZero />
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
  if (of.counters.length + of.accounts.length === 0) return null;
  return (
    <table className="side-table">
      <caption>年度累计与账户余额</caption>
      <thead>
        <tr>
          <th>项目</th>
          <th className="receipt-amount">结算前</th>
          <th className="receipt-amount">结算后</th>
        </tr>
      </thead>
      <tbody>
        {of.counters.map((counter) => (
          <tr key={counter.code + counter.period_name}>
            <td>
              {counter.name}
              <small>
                {counter.period_name}
                {counter.limit && (
                  <>
                    　限额 <CounterValue value={counter.limit} unit={counter.unit} />
                  </>
                )}
              </small>
            </td>
            <td className="receipt-amount">
              <CounterValue value={counter.before} unit={counter.unit} />
            </td>
            <td className="receipt-amount">
              <CounterValue value={counter.after} unit={counter.unit} />
            </td>
          </tr>
        ))}
        {of.accounts.map((account, at) => (
          <tr key={`account${at}`}>
            <td>
              {account.kind_name}
              <small>{account.owner_name}</small>
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
      {of.header.status === 'reversal' ? (
        <p className="quiet">冲正不重新计算：各项金额与原结算相反，以下为原结算的计算过程。</p>
      ) : null}
      <Trace steps={of.trace} />
      <Layers of={of} />
      <Changes of={of} />
    </aside>
  );
}
