import { Button, Segmented, Table, type TableColumnsType } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { DoubtNotice } from '../../api/client';
import { useSession } from '../../app/session';
import { useWorkList } from '../../app/workList';
import { nothing } from '../../parts/empty';
import { Failure } from '../../parts/failure';
import { InstitutionSelect } from '../../parts/institutionSelect';
import { Page } from '../../parts/page';
import { DoubtCard } from './DoubtCard';
import { DoubtList } from './DoubtList';
import { sumOf } from './groups';
import { noticeColumns, Received } from './NoticeColumns';
import { useDoubts, useNotices, useReceive } from './queries';

const steps = [
  { value: 'published', label: '待申诉或接受' },
  { value: 'appealed,panel', label: '复审中' },
  { value: 'confirmed,deducted', label: '确认和扣减' },
  { value: 'dismissed', label: '不成立' },
  { value: 'all', label: '全部' },
];

interface NoticesProps {
  chosen: string;
  choose: (notice: string) => void;
  forInstitution?: string;
}

/** The notices to the institution, each received once; one narrows the list below. */
function Notices({ chosen, choose, forInstitution }: NoticesProps) {
  const notices = useNotices(forInstitution);
  const receive = useReceive(forInstitution);
  const unread = (notices.data ?? []).filter((one) => !one.received_at).length;
  const columns: TableColumnsType<DoubtNotice> = [
    {
      title: unread > 0 ? `通知（未签收 ${unread} 份）` : '通知',
      dataIndex: 'id',
      render: (id: string) => (
        <button
          type="button"
          className="link-button"
          aria-pressed={id === chosen}
          onClick={() => choose(id === chosen ? '' : id)}
        >
          {id}
        </button>
      ),
    },
    ...noticeColumns,
    {
      title: '签收',
      width: 230,
      render: (_, row) =>
        row.received_at ? (
          <Received of={row} />
        ) : (
          <Button
            size="small"
            loading={receive.isPending && receive.variables === row.id}
            onClick={() => receive.mutate(row.id)}
          >
            签收
          </Button>
        ),
    },
  ];
  return (
    <>
      {notices.isError && <Failure error={notices.error} retry={() => void notices.refetch()} />}
      {receive.isError && <Failure error={receive.error} />}
      <Table<DoubtNotice>
        className="inbox-notices"
        size="small"
        rowKey="id"
        pagination={{ pageSize: 5, hideOnSinglePage: true, showSizeChanger: false }}
        loading={notices.isPending}
        dataSource={notices.data ?? []}
        columns={columns}
        rowClassName={(row) => (row.id === chosen ? 'notice-chosen' : '')}
        locale={nothing('没有通知', notices)}
      />
    </>
  );
}

interface DoubtsProps {
  step: string;
  notice: string;
  forInstitution?: string;
}

function Doubts({ step, notice, forInstitution }: DoubtsProps) {
  const asked = {
    state: step === 'all' ? '' : step,
    notice,
    for_institution: forInstitution ?? '',
  };
  const list = useDoubts(asked);
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const counts = list.data?.pages[0]?.counts ?? [];
  const work = useWorkList(rows);
  return (
    <DoubtList list={list} rows={rows} work={work} filter={asked} sum={sumOf(counts)}>
      <DoubtCard
        id={work.shown}
        {...(forInstitution && { forInstitution })}
        moved={work.decided}
        close={work.hide}
      />
    </DoubtList>
  );
}

/**
 * What the audit asks of an institution: notices, and each doubt to be accepted or appealed against
 * with a statement and attachments. An administrator enters what came on paper.
 */
export function InboxPage() {
  const session = useSession();
  const [params, setParams] = useSearchParams();
  const own = session.role === 'hospital';
  const admin = session.role === 'admin';
  const institution = own ? session.institution : (params.get('institution') ?? '');
  const [notice, step] = [params.get('notice') ?? '', params.get('step') ?? 'published'];
  const change = (to: Record<string, string>) => {
    const wanted = { institution: own ? '' : institution, notice, step, ...to };
    const kept = Object.entries(wanted).filter(([, value]) => value);
    setParams(Object.fromEntries(kept), { replace: true });
  };
  const speaks = own || !institution ? {} : { forInstitution: institution };
  return (
    <Page
      title={own ? `${session.institution_name} 疑点通知` : '机构收件箱'}
      extra={
        admin && (
          <InstitutionSelect
            value={institution || null}
            placeholder="代哪家机构录入"
            onChange={(code) => change({ institution: code ?? '', notice: '' })}
          />
        )
      }
    >
      {!own && !admin && (
        <p className="worklist-hint">
          机构书面的申诉或接受由管理人员代录；发出的通知和疑点在{' '}
          <Link to="/audit/notices">疑点审核</Link> 查看。
        </p>
      )}
      {admin && institution === '' && (
        <p className="worklist-hint">请在右上角选择机构，代录其书面的申诉或接受。</p>
      )}
      {(own || admin) && institution !== '' && (
        <>
          <Notices chosen={notice} choose={(id) => change({ notice: id })} {...speaks} />
          <div className="filters">
            <Segmented
              aria-label="办理环节"
              value={step}
              onChange={(to: string) => change({ step: to })}
              options={steps}
            />
            {notice && (
              <Button size="small" onClick={() => change({ notice: '' })}>
                只看通知 {notice} ✕
              </Button>
            )}
          </div>
          <Doubts
            key={`${institution} ${notice} ${step}`}
            step={step}
            notice={notice}
            {...speaks}
          />
        </>
      )}
    </Page>
  );
}
