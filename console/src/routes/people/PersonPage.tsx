import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Skeleton, Space } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { answer, api, type PersonDetail } from '../../api/client';
import { useBack } from '../../app/back';
import { CoverageTimeline } from '../../parts/coverageTimeline';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { ownSettlementColumns } from '../../parts/settlementColumns';
import { useSession } from '../../app/session';
import { AccountCard } from './AccountCard';
import { FilingsCard } from './FilingsCard';
import { Counters, Household, Recognitions } from './PersonCards';
import { RegisterCard } from './RegisterCard';
import { ReopenedCard } from './ReopenedTable';

function IdentityCard({ of }: { of: PersonDetail }) {
  const { identity } = of;
  const facts: [string, string][] = [
    ['人员编号', identity.no],
    ['性别', identity.sex_name],
    ['出生日期', `${identity.born}（${identity.age} 岁）`],
    ['人员类别', identity.category_name],
    [identity.id_card_kind_name, identity.id_card],
    ['手机号', identity.phone_masked ?? '未登记'],
    ['住址', identity.address ?? '未登记'],
    ['户号', identity.household ?? '未登记'],
  ];
  return (
    <Card size="small" title="身份">
      <Alert
        type={identity.entitled ? 'success' : 'warning'}
        showIcon
        title={identity.entitlement_text}
      />
      <dl className="identity">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Bills({ of }: { of: PersonDetail }) {
  const navigate = useNavigate();
  return (
    <Card
      size="small"
      title="最近结算"
      extra={<Link to={`/settlement?text=${of.identity.no}`}>全部结算</Link>}
      className="person-wide"
    >
      <Rows
        idOf={(row) => row.id}
        open={(row) => void navigate(`/settlement/${row.id}`)}
        dataSource={of.recent}
        columns={ownSettlementColumns}
        scroll={{ x: 1080 }}
        locale={{ emptyText: '还没有结算' }}
      />
    </Card>
  );
}

/** Everything known about one person. */
export function PersonPage() {
  const { no = '' } = useParams();
  const back = useBack('/people');
  const { today } = useSession();
  const person = useQuery({
    queryKey: ['person', no],
    queryFn: () => answer(api.GET('/api/v1/people/{no}', { params: { path: { no } } })),
  });
  const detail = person.data;
  return (
    <Page
      title={detail ? detail.identity.name : '参保人'}
      extra={
        <Space>
          <Link to={`/trial?person=${no}`}>
            <Button disabled={!detail}>为此人试算</Button>
          </Link>
          <Button onClick={back}>返回</Button>
        </Space>
      }
    >
      {person.isPending && <Skeleton active paragraph={{ rows: 12 }} />}
      {person.isError && <Failure error={person.error} retry={() => void person.refetch()} />}
      {detail && (
        <div className="person">
          <div className="person-wide">
            <IdentityCard of={detail} />
          </div>
          <Card size="small" title="参保经历" className="person-wide">
            <CoverageTimeline periods={detail.coverage} today={today} />
          </Card>
          <ReopenedCard no={no} />
          <Counters of={detail} />
          <Household of={detail} />
          <Recognitions of={detail} />
          <FilingsCard no={no} />
          <AccountCard no={no} />
          <Bills of={detail} />
          <RegisterCard no={no} />
        </div>
      )}
    </Page>
  );
}
