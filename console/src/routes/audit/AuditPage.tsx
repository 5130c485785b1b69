import { Table, type TableColumnsType } from 'antd';
import type { DoubtCount } from '../../api/client';
import { useKey } from '../../app/keys';
import { useWorkList } from '../../app/workList';
import { addAmounts, Amount, formatCount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { PageTabs } from '../../parts/tabs';
import { askedOf, filterOf, useWanted, type Wanted } from './asked';
import { DoubtCard } from './DoubtCard';
import { DoubtList } from './DoubtList';
import { Filters } from './Filters';
import { groupsOf, sumOf, type Group } from './groups';
import { useDoubtCounts, useDoubts } from './queries';
import { statesOf, tabs } from './words';

const columns: TableColumnsType<Group> = [
  { title: '规则', width: 320, render: (_, row) => `${row.rule} ${row.ruleName}` },
  { title: '机构', dataIndex: 'institutionName', ellipsis: true },
  { title: '疑点', dataIndex: 'doubts', align: 'right', width: 90, render: formatCount },
  {
    title: '基金支付',
    dataIndex: 'amount',
    align: 'right',
    width: 130,
    render: (value: string) => <Amount value={value} strong />,
  },
];

function GroupsTotal({ groups }: { groups: Group[] }) {
  const amount = groups.reduce((sum, one) => addAmounts(sum, one.amount), '0.00');
  return (
    <Table.Summary.Row className="total-row">
      <Table.Summary.Cell index={0} colSpan={2}>
        合计 {groups.length} 组
      </Table.Summary.Cell>
      <Table.Summary.Cell index={2} align="right">
        {formatCount(groups.reduce((sum, one) => sum + one.doubts, 0))}
      </Table.Summary.Cell>
      <Table.Summary.Cell index={3} align="right">
        <Amount value={amount} strong />
      </Table.Summary.Cell>
    </Table.Summary.Row>
  );
}

interface GroupsProps {
  groups: Group[];
  open: (to: Partial<Wanted>) => void;
  counted: ReturnType<typeof useDoubtCounts>;
}

/** Doubts by rule and institution; one opens to its doubts. */
function Groups({ groups, open, counted }: GroupsProps) {
  return (
    <Rows<Group>
      idOf={(row) => row.id}
      open={({ rule, institution }) => open({ rule, institution, view: '' })}
      loading={counted.isPending}
      dataSource={groups}
      columns={columns}
      summary={() => groups.length > 0 && <GroupsTotal groups={groups} />}
      locale={nothing('没有这样的疑点', counted)}
    />
  );
}

/** Doubts one by one under the filter of the address. */
function OneByOne({ wanted, counts }: { wanted: Wanted; counts: DoubtCount[] }) {
  const asked = askedOf(wanted);
  const list = useDoubts(asked);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const work = useWorkList(rows);
  const sum = sumOf(counts, statesOf(wanted.desk));
  return (
    <DoubtList list={list} rows={rows} work={work} filter={asked} sum={sum}>
      <DoubtCard id={work.shown} page moved={work.decided} close={work.hide} />
    </DoubtList>
  );
}

/** The auditor's work list: choose, look at the evidence, decide, and on to the next. */
export function AuditPage() {
  const { wanted, change } = useWanted();
  const counted = useDoubtCounts(filterOf(wanted));
  const counts = counted.data ?? [];
  useKey('g', () => change({ view: wanted.view ? '' : 'groups' }));
  return (
    <Page title="疑点审核">
      <PageTabs label="疑点审核" tabs={tabs} />
      <Filters wanted={wanted} change={change} counts={counts} known={counted.isSuccess} />
      {wanted.view === 'groups' ? (
        <>
          {counted.isError && (
            <Failure error={counted.error} retry={() => void counted.refetch()} />
          )}
          <Groups
            groups={groupsOf(counts, statesOf(wanted.desk))}
            open={change}
            counted={counted}
          />
        </>
      ) : (
        <OneByOne key={JSON.stringify({ ...wanted, view: '' })} wanted={wanted} counts={counts} />
      )}
    </Page>
  );
}
