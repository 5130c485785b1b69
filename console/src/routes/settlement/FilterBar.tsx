import { Button, DatePicker, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../../app/queries';
import type { Word } from '../../api/client';
import { InstitutionSelect } from '../../parts/institutionSelect';
import { fromDay, toDay } from '../../parts/day';
import { statusOptions } from '../../parts/status';
import type { Filters } from './query';

const options = (words: Word[] | undefined) =>
  (words ?? []).map((word) => ({ value: word.code, label: word.name }));

interface Props {
  filters: Filters;
  change: (part: Filters) => void;
}

/** Search and filters of the settlement list. */
export function FilterBar({ filters, change }: Props) {
  const words = useWords().data;
  const [text, setText] = useState(filters.text ?? '');
  useEffect(() => setText(filters.text ?? ''), [filters.text]);
  const filtered = Object.keys(filters).length > 0;
  return (
    <div className="filters">
      <Input.Search
        data-search
        aria-label="搜索结算"
        className="filters-text"
        placeholder="结算编号、姓名、人员编号、证件号码"
        allowClear
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSearch={(value) => change({ text: value.trim() })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <DatePicker.RangePicker
        className="filters-days"
        value={[toDay(filters.from), toDay(filters.to)]}
        allowEmpty={[true, true]}
        onChange={(days) => change({ from: fromDay(days?.[0]), to: fromDay(days?.[1]) })}
      />
      <InstitutionSelect
        value={filters.institution}
        onChange={(institution) => change({ institution })}
      />
      <Select
        className="filters-scheme"
        aria-label="险种"
        placeholder="险种"
        allowClear
        value={filters.scheme}
        options={options(words?.schemes)}
        onChange={(scheme) => change({ scheme })}
      />
      <Select
        className="filters-care"
        aria-label="医疗类别"
        placeholder="医疗类别"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={filters.care_type}
        options={options(words?.care_types)}
        onChange={(care_type) => change({ care_type })}
      />
      <Select
        className="filters-status"
        aria-label="状态"
        placeholder="状态"
        allowClear
        value={filters.status}
        options={statusOptions}
        onChange={(status) => change({ status })}
      />
      <Button
        disabled={!filtered}
        onClick={() =>
          change({
            from: '',
            to: '',
            institution: '',
            scheme: '',
            care_type: '',
            status: '',
            text: '',
          })
        }
      >
        清除条件
      </Button>
    </div>
  );
}
