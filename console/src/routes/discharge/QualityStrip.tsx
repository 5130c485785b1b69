import { Card, Table } from 'antd';
import type { QualityBoard } from '../../api/client';
import { nothing } from '../../parts/empty';
import { Mark } from '../../parts/mark';

function Figures({ of }: { of: QualityBoard }) {
  const sum = (pick: (row: QualityBoard['lists'][number]) => number) =>
    of.lists.reduce((total, row) => total + pick(row), 0);
  const sent = sum((row) => row.lists);
  const grouped = (kind: string) =>
    of.groups.filter((row) => row.kind === kind).reduce((total, row) => total + row.grouped, 0);
  const cells: [string, number][] = [
    ['住院结算', of.settled],
    ['已传清单', sent],
    ['未传清单', Math.max(0, of.settled - sent)],
    ['有差错', sum((row) => row.faulty)],
    ['只有提示', sum((row) => row.doubtful)],
    ['入 DRG 组', grouped('drg')],
    ['入 DIP 病种', grouped('dip')],
  ];
  return (
    <dl className="figures">
      {cells.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The quality of a span of days: how many lists came, what the checks found. */
export function QualityStrip({ of }: { of: QualityBoard }) {
  return (
    <div className="stack">
      <Figures of={of} />
      {of.findings.length > 0 && (
        <Card size="small" title="质控发现最多的项目">
          <Table
            size="small"
            pagination={{ pageSize: 6, hideOnSinglePage: true }}
            rowKey={(row) => row.check + row.severity}
            dataSource={of.findings}
            locale={nothing('没有质控问题')}
            columns={[
              { title: '质控项目', dataIndex: 'check_name' },
              {
                title: '等级',
                width: 80,
                render: (_, row) => (
                  <Mark tone={row.severity === 'error' ? 'bad' : 'warning'}>
                    {row.severity === 'error' ? '差错' : '提示'}
                  </Mark>
                ),
              },
              { title: '清单数', dataIndex: 'lists', align: 'right', width: 90 },
            ]}
          />
        </Card>
      )}
    </div>
  );
}
