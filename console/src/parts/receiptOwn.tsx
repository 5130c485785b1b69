import type { SettlementDetail } from '../api/client';
import { Amount, isZero } from './amount';

type Own = SettlementDetail['totals']['own'];

const labels: [keyof Own, string][] = [
  ['self_paid', '全自费'],
  ['over_limit', '超限价'],
  ['prior', '先行自付'],
  ['non_local_prior', '异地先行自付'],
  ['deductible', '起付线'],
  ['coinsurance', '按比例自付'],
  ['over_cap', '超封顶线'],
];

/** What the person's share is made of, in one line; parts that are nil are left out. */
export function OwnMoney({ own }: { own: Own }) {
  const parts = labels.filter(([part]) => !isZero(own[part]));
  if (parts.length === 0) return null;
  return (
    <p className="receipt-own">
      个人负担构成：
      {parts.map(([part, label]) => (
        <span key={part}>
          {label} <Amount value={own[part]} />
        </span>
      ))}
    </p>
  );
}
