import type { SettlementStatus } from '../api/client';
import { Mark, type Tone } from './mark';

const looks: Record<SettlementStatus, { tone: Tone; text: string }> = {
  settled: { tone: 'good', text: '已结算' },
  reversed: { tone: 'plain', text: '已冲正' },
  reversal: { tone: 'bad', text: '冲正' },
};

export const statusOptions = (Object.keys(looks) as SettlementStatus[]).map((value) => ({
  value,
  label: looks[value].text,
}));

export function StatusTag({ status }: { status: SettlementStatus }) {
  return <Mark tone={looks[status].tone}>{looks[status].text}</Mark>;
}
