import { Button, Select, Space } from 'antd';
import { useKey } from '../../app/keys';
import { monthName } from './words';

interface Props {
  month: string;
  months: string[];
  go: (month: string) => void;
}

/** The months that have statements; ← and → go through them. */
export function MonthSelect({ month, months, go }: Props) {
  const known = months.includes(month) ? months : [month, ...months];
  const at = known.indexOf(month);
  const [newer, older] = [known[at - 1], known[at + 1]];
  useKey('ArrowLeft', () => older && go(older));
  useKey('ArrowRight', () => newer && go(newer));
  return (
    <Space>
      <Button disabled={!older} onClick={() => older && go(older)}>
        上月 ←
      </Button>
      <Select
        aria-label="清算年月"
        className="month-select"
        value={month}
        onChange={go}
        options={known.map((value) => ({ value, label: monthName(value) }))}
      />
      <Button disabled={!newer} onClick={() => newer && go(newer)}>
        下月 →
      </Button>
    </Space>
  );
}
