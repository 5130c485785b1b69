import type { ReactNode } from 'react';
import type { SettlementDetail } from '../api/client';
import { Amount, isZero } from './amount';
import { OwnMoney } from './receiptOwn';
import { formatTime } from './day';
import { ReceiptLines } from './receiptLines';

/** One labelled cell of the sheet; `span` counts label-and-value pairs of which a row has three. */
function Cell({
  label,
  children,
  span = 1,
}: {
  label: string;
  children: ReactNode;
  span?: number;
}) {
  return (
    <>
      <th scope="row">{label}</th>
      <td colSpan={span * 2 - 1}>{children ?? ''}</td>
    </>
  );
}

function Period({ visit }: { visit: SettlementDetail['visit'] }) {
  if (visit.from === visit.to) return <span className="digits">{visit.from}</span>;
  return (
    <>
      <span className="digits">{visit.from} 至</span>{' '}
      <span className="digits">
        {visit.to}
        {visit.days != null && `（${visit.days} 天）`}
      </span>
    </>
  );
}

function Facts({ of }: { of: SettlementDetail }) {
  const { header, person, institution, visit } = of;
  const sexAndAge = [person.sex_name, person.age != null && `${person.age} 岁`].filter(Boolean);
  const diagnoses = of.diagnoses.map((d) => `${d.name}（${d.code}）`).join('；');
  return (
    <table className="receipt-facts">
      <tbody>
        <tr>
          <Cell label="姓名">{person.name}</Cell>
          <Cell label="性别年龄">{sexAndAge.join('　')}</Cell>
          <Cell label="人员编号">{person.no}</Cell>
        </tr>
        <tr>
          <Cell label="险种">{header.scheme_name}</Cell>
          <Cell label="人员类别">{[person.category_name, ...person.identities].join('、')}</Cell>
          <Cell label="证件号码">{person.id_card_masked}</Cell>
        </tr>
        <tr>
          <Cell label="医疗机构" span={2}>
            {institution.name}
            {institution.code && <span className="receipt-code">{institution.code}</span>}
          </Cell>
          <Cell label="机构等级">
            {[...new Set([institution.kind_name, institution.grade_name])].join(' ')}
          </Cell>
        </tr>
        <tr>
          <Cell label="医疗类别">
            {[visit.care_type_name, visit.disease_name].filter(Boolean).join(' · ')}
          </Cell>
          <Cell label="就诊日期">
            <Period visit={visit} />
          </Cell>
          <Cell label="就医地">{visit.place_name}</Cell>
        </tr>
        <tr>
          <Cell label="诊断" span={2}>
            {diagnoses}
          </Cell>
          <Cell label="就诊编号">{visit.id}</Cell>
        </tr>
      </tbody>
    </table>
  );
}

function Payers({ of }: { of: SettlementDetail }) {
  const { totals, funds } = of;
  const personal: [string, string][] = [
    ['个人账户支付', totals.account],
    ['家庭共济账户支付', totals.family_account],
    ['个人现金支付', totals.cash],
  ];
  return (
    <div className="receipt-payers">
      <table>
        <caption>基金支付</caption>
        <tbody>
          {funds.map((fund) => (
            <tr key={fund.code}>
              <th scope="row">{fund.name}</th>
              <td className="receipt-amount">
                <Amount value={fund.amount} />
              </td>
            </tr>
          ))}
          {funds.length === 0 && (
            <tr>
              <th scope="row">本次没有基金支付</th>
              <td />
            </tr>
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">基金支付合计</th>
            <td className="receipt-amount">
              <Amount value={totals.fund} strong />
            </td>
          </tr>
        </tfoot>
      </table>
      <table>
        <caption>个人负担</caption>
        <tbody>
          {personal.map(([label, amount]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="receipt-amount">
                <Amount value={amount} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">个人负担合计</th>
            <td className="receipt-amount">
              <Amount value={totals.personal} strong />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Composition({ of }: { of: SettlementDetail }) {
  const { totals } = of;
  const parts: [string, string][] = [
    ['医疗费总额', totals.total],
    ['全自费', totals.self_paid],
    ['超限价', totals.over_limit],
    ['先行自付', totals.prior],
    ['符合政策范围', totals.in_scope],
    ['本次起付线', totals.deductible],
  ];
  if (!isZero(totals.institution)) parts.push(['医疗机构负担', totals.institution]);
  return (
    <dl className="receipt-composition">
      {parts.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <Amount value={amount} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** 医疗费用结算单: what the patient takes home. The same sheet shows a trial, marked as such. */
export function Receipt({ of }: { of: SettlementDetail }) {
  const { header } = of;
  const trial = header.id == null;
  return (
    <article className="receipt">
      <header>
        <h2>{header.area_name}医疗费用结算单</h2>
        <p className="receipt-mark">
          {trial && '试算结果，不作为结算凭证'}
          {header.status === 'reversal' && '红字冲正'}
          {header.status === 'reversed' && '本单已冲正'}
        </p>
        <div className="receipt-ids">
          <span>{trial ? '' : `结算编号：${header.id}`}</span>
          <span>{header.at ? `结算时间：${formatTime(header.at)}` : ''}</span>
          <span>金额单位：元</span>
        </div>
      </header>
      <Facts of={of} />
      <Composition of={of} />
      <Payers of={of} />
      <OwnMoney own={of.totals.own} />
      <ReceiptLines lines={of.lines} totals={of.totals} />
      <footer>
        <div className="receipt-signs">
          <span>经办人：{header.operator ?? ''}</span>
          <span>患者或家属签字：</span>
          <span>日期：</span>
        </div>
        <p className="receipt-edition">
          待遇年度 {header.benefit_year}　政策版本 {header.policy_edition.slice(0, 12)}
        </p>
      </footer>
    </article>
  );
}
