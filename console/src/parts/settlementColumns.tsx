import type { TableColumnsType } from 'antd';
import { Link } from 'react-router';
import type { SettlementRow } from '../api/client';
import { Amount } from './amount';
import { formatTime } from './day';
import { StatusTag } from './status';

type Column = TableColumnsType<SettlementRow>[number];

const money = (title: string, key: 'total' | 'fund' | 'account' | 'cash'): Column => ({
  title,
  dataIndex: key,
  align: 'right',
  width: 96,
  render: (amount: string) => <Amount value={amount} strong={key === 'total'} quietZero />,
});

const time: Column = {
  title: '结算时间',
  dataIndex: 'at',
  width: 142,
  render: (at: string) => <span className="digits">{formatTime(at)}</span>,
};
const person: Column = {
  title: '参保人',
  dataIndex: 'person_name',
  width: 80,
  ellipsis: true,
  render: (name: string, row) => <Link to={`/people/${row.person_no}`}>{name}</Link>,
};
const rest: Column[] = [
  { title: '定点医药机构', dataIndex: 'institution_name', ellipsis: true, minWidth: 190 },
  { title: '医疗类别', dataIndex: 'care_type_name', width: 104, ellipsis: true },
  {
    title: '险种',
    dataIndex: 'scheme_name',
    width: 76,
    ellipsis: true,
    render: (name: string) => <span title={name}>{name.replace('基本医疗保险', '')}</span>,
  },
  money('总额', 'total'),
  money('基金', 'fund'),
  money('账户', 'account'),
  money('现金', 'cash'),
  {
    title: '状态',
    dataIndex: 'status',
    width: 72,
    align: 'center',
    render: (status: SettlementRow['status']) => <StatusTag status={status} />,
  },
];
const number: Column = {
  title: '结算编号',
  dataIndex: 'id',
  width: 176,
  ellipsis: true,
  render: (id: string) => <Link to={`/settlement/${id}`}>{id}</Link>,
};

/** Columns of a list of anybody's settlements. */
export const settlementColumns: Column[] = [time, number, person, ...rest];
/** Columns where the person is known from the page. */
export const ownSettlementColumns: Column[] = [time, number, ...rest];
/** A few columns for the home page. */
export const briefSettlementColumns: Column[] = [
  time,
  person,
  ...rest.filter((column) => column.title !== '险种' && column.title !== '账户'),
];
