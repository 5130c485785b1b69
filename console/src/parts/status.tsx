import { Tag } from 'antd';
import type { SettlementStatus } from '../api/client';

const looks: Record<SettlementStatus, { color: string; text: string }> = {
  settled: { color: 'green', text: '已结算' },
  reversed: { color: 'default', text: '已冲正' },
  reversal: { color: 'red', text: '冲正' },
};

export const statusOptions = (Object.keys(looks) as SettlementStatus[]).map((value) => ({
  value,
  label: looks[value].text,
}));

export function StatusTag({ status }: { status: SettlementStatus }) {
  return <Tag color={looks[status].color}>{looks[status].text}</Tag>;
}
