import { Button, Checkbox, DatePicker, Input, Segmented, Select } from 'antd';
import type { DoubtCount } from '../../api/client';
import { formatAmount, formatCount } from '../../parts/amount';
import { toDay } from '../../parts/day';
import type { useWanted } from './asked';
import { sumOf } from './groups';
import { desks, strengths } from './words';

type Props = ReturnType<typeof useWanted> & {
  counts: DoubtCount[];
  /** Whether the counts were read; before that none is shown. */
  known: boolean;
};

function options(counts: DoubtCount[], of: 'rule' | 'institution', all: string) {
  const named = counts.map((one): [string, string] =>
    of === 'rule'
      ? [one.rule, `${one.rule} ${one.rule_name}`]
      : [one.institution, one.institution_name],
  );
  const known = [...new Map(named)].sort(([one], [other]) => one.localeCompare(other));
  return [{ value: '', label: all }, ...known.map(([value, label]) => ({ value, label }))];
}

/** Which step of the procedure, with how many doubts wait there and what they come to. */
function Desks({ wanted, change, counts, known }: Props) {
  return (
    <Segmented
      aria-label="环节"
      value={wanted.desk}
      onChange={(desk: string) => change({ desk })}
      options={desks.map(({ value, label, states }) => {
        const sum = sumOf(counts, states);
        return {
          value,
          label: (
            <span title={known ? `${formatAmount(sum.amount)} 元` : ''}>
              {label} {known && formatCount(sum.doubts)}
            </span>
          ),
        };
      })}
    />
  );
}

/** What narrows the work list. */
export function Filters(props: Props) {
  const { wanted, change, counts } = props;
  return (
    <div className="filters">
      <Desks {...props} />
      <Segmented
        aria-label="排列"
        value={wanted.view}
        onChange={(view: string) => change({ view })}
        options={[
          { value: '', label: '逐条' },
          {
            value: 'groups',
            label: (
              <>
                按规则和机构<kbd>G</kbd>
              </>
            ),
          },
        ]}
      />
      <Select
        className="filters-check"
        aria-label="规则"
        showSearch={{ optionFilterProp: 'label' }}
        value={wanted.rule}
        onChange={(rule: string) => change({ rule })}
        options={options(counts, 'rule', '全部规则')}
      />
      <Select
        className="filters-check"
        aria-label="机构"
        showSearch={{ optionFilterProp: 'label' }}
        value={wanted.institution}
        onChange={(institution: string) => change({ institution })}
        options={options(counts, 'institution', '全部机构')}
      />
      <Select
        className="filters-care"
        aria-label="等级"
        value={wanted.strength}
        onChange={(strength: string) => change({ strength })}
        options={strengths}
      />
      <Input.Search
        data-search
        className="filters-days"
        aria-label="人员编号"
        placeholder="人员编号"
        allowClear
        defaultValue={wanted.person}
        onSearch={(person) => change({ person: person.trim() })}
      />
      <DatePicker
        picker="month"
        aria-label="费用月份"
        placeholder="费用月份"
        value={toDay(wanted.month ? `${wanted.month}-01` : '')}
        onChange={(month) => change({ month: month ? month.format('YYYY-MM') : '' })}
      />
      <Checkbox
        checked={wanted.mine === 'yes'}
        onChange={(event) => change({ mine: event.target.checked ? 'yes' : '' })}
      >
        我初审的
      </Checkbox>
      {wanted.notice && (
        <Button size="small" onClick={() => change({ notice: '' })}>
          只看通知 {wanted.notice} ✕
        </Button>
      )}
    </div>
  );
}
