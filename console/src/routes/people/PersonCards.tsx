import { Card, Progress, Table } from 'antd';
import { Link } from 'react-router';
import type { PersonDetail } from '../../api/client';
import { magnitude } from '../../parts/amount';
import { CounterValue } from '../../parts/counterValue';
import { Mark } from '../../parts/mark';
import { formatPeriod } from '../../parts/day';

const nothing = (text: string) => <p className="quiet small-empty">{text}</p>;

/** The year's accumulated amounts, against their limits where there is one. */
export function Counters({ of }: { of: PersonDetail }) {
  return (
    <Card size="small" title="年度累计">
      {of.counters.length === 0 && nothing('本年还没有累计')}
      <ul className="counters">
        {of.counters.map((counter) => {
          const share = counter.limit ? magnitude(counter.used) / magnitude(counter.limit) : 0;
          return (
            <li key={counter.code + counter.period_name}>
              <span className="counters-name">
                {counter.name}
                <small>{counter.period_name}</small>
              </span>
              <span className="counters-value">
                <CounterValue value={counter.used} unit={counter.unit} strong />
                {counter.limit && (
                  <small>
                    限额 <CounterValue value={counter.limit} unit={counter.unit} />
                  </small>
                )}
              </span>
              {counter.limit && (
                <Progress
                  percent={Math.min(100, share * 100)}
                  showInfo={false}
                  size="small"
                  aria-label={`${counter.name}已用`}
                />
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The other people of the household, where there are any. */
export function Household({ of }: { of: PersonDetail }) {
  if (of.household.length === 0) return null;
  return (
    <Card size="small" title="同户人员">
      <ul className="household">
        {of.household.map((member) => (
          <li key={member.person_no}>
            <Link to={`/people/${member.person_no}`}>{member.name}</Link>
            <span className="digits quiet">{member.person_no}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What has been recognised for the person: poverty status, chronic diseases, care elsewhere. */
export function Recognitions({ of }: { of: PersonDetail }) {
  const rows = [
    ...of.designations.map((one) => ({ ...one, kind_name: '身份认定', institution_name: null })),
    ...of.recognitions,
  ];
  return (
    <Card
      size="small"
      title="身份认定、慢特病与备案"
      className={rows.length > 0 ? 'person-wide' : ''}
    >
      {rows.length === 0 ? (
        nothing('没有认定或备案')
      ) : (
        <Table
          size="small"
          pagination={false}
          rowKey={(row) => row.kind_name + row.code + row.from}
          dataSource={rows}
          columns={[
            { title: '类别', dataIndex: 'kind_name', width: 140 },
            { title: '名称', dataIndex: 'name' },
            { title: '代码', dataIndex: 'code', width: 160 },
            { title: '定点机构', dataIndex: 'institution_name', ellipsis: true },
            { title: '期间', width: 210, render: (_, row) => formatPeriod(row.from, row.to) },
            {
              title: '状态',
              dataIndex: 'current',
              width: 80,
              render: (current: boolean) => (
                <Mark tone={current ? 'good' : 'plain'}>{current ? '有效' : '失效'}</Mark>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
