import { Button, Skeleton, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { BulkResult, DoubtView, SampledDoubt } from '../../api/client';
import { useKey } from '../../app/keys';
import { useWorkList } from '../../app/workList';
import { Amount, formatCount } from '../../parts/amount';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { Mark } from '../../parts/mark';
import { Page } from '../../parts/page';
import { Rows } from '../../parts/rows';
import { BulkDialog, BulkOutcome } from './BulkDialog';
import { DoubtCard } from './DoubtCard';
import { sumOf } from './groups';
import { useDoubts, useSample, type Asked } from './queries';
import { doubtTone } from './words';

type Drawn = SampledDoubt & { id: string };

const columns: TableColumnsType<Drawn> = [
  {
    title: '样本',
    width: 90,
    render: (_, row) => (
      <Mark tone={row.done ? 'good' : 'warning'}>{row.done ? '已办理' : '待办理'}</Mark>
    ),
  },
  { title: '参保人', width: 80, render: (_, row) => row.doubt.person_name },
  { title: '说明', ellipsis: true, render: (_, row) => row.doubt.says },
  {
    title: '基金支付',
    align: 'right',
    width: 96,
    render: (_, row) => <Amount value={row.doubt.amount} />,
  },
  {
    title: '状态',
    width: 96,
    render: (_, row) => <Mark tone={doubtTone(row.doubt.state)}>{row.doubt.state_name}</Mark>,
  },
];

/** The rest of the doubts that the sample stands for, decided together. */
function Rest({ id, filter, waiting }: { id: string; filter: Asked; waiting: number }) {
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<BulkResult>();
  const rest = useDoubts(filter);
  const pages = rest.data?.pages ?? [];
  const rows: DoubtView[] = pages.flatMap((page) => page.rows);
  const all = sumOf(pages[0]?.counts ?? []);
  const able = waiting === 0 && all.doubts > 0;
  useKey('b', () => setAsking(true), able);
  return (
    <>
      {result && <BulkOutcome of={result} close={() => setResult(undefined)} />}
      <div className="bulk-bar">
        <Button type="primary" disabled={!able} onClick={() => setAsking(true)}>
          批量办理其余 {formatCount(all.doubts)} 条<kbd>B</kbd>
        </Button>
        <span className="quiet">
          其余合计基金支付 <Amount value={all.amount} /> 元；
          {waiting > 0 ? `还有 ${waiting} 条样本没有办理` : '样本已经办完'}
        </span>
      </div>
      {asking && (
        <BulkDialog
          chosen={[]}
          rows={rows}
          filter={filter}
          all={all}
          sample={id}
          close={() => setAsking(false)}
          done={setResult}
        />
      )}
    </>
  );
}

/** The filter of a sample as a work list asks for it. */
function plain(filter: object): Asked {
  const known = Object.entries(filter).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as Asked;
}

/** One sample: its doubts one by one, then the rest together. */
export function SamplePage() {
  const { id = '' } = useParams();
  const found = useSample(id);
  const navigate = useNavigate();
  const back = () => void navigate('/audit/samples');
  const rows: Drawn[] = (found.data?.rows ?? []).map((row) => ({ ...row, id: row.doubt.id }));
  const work = useWorkList(rows);
  // Esc closes the open card first.
  useKey('Escape', back, !work.shown);
  return (
    <Page title={`抽样 ${id}`} extra={<Button onClick={back}>返回 Esc</Button>}>
      {found.isPending && <Skeleton active />}
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <>
          <Rest
            id={id}
            filter={plain(found.data.sample.filter)}
            waiting={rows.filter((row) => !row.done).length}
          />
          <div className="worklist">
            <Rows<Drawn>
              idOf={(row) => row.id}
              open={(row) => work.show(row.id)}
              chosen={work.chosen}
              onChoose={work.choose}
              dataSource={rows}
              columns={columns}
              locale={nothing('没有样本')}
            />
            <div className="worklist-side">
              <DoubtCard id={work.shown} page moved={work.decided} close={work.hide} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
