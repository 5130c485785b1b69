import type { Tone } from '../../parts/mark';

const tones: Record<string, Tone> = {
  draft: 'plain',
  submitted: 'warning',
  approved: 'good',
  rejected: 'bad',
};

export const listTone = (state: string): Tone => tones[state] ?? 'plain';

/** The states of a list, for choosing. */
export const listStates = [
  { value: '', label: '全部状态' },
  { value: 'draft', label: '未提交' },
  { value: 'submitted', label: '已提交' },
  { value: 'approved', label: '已通过' },
  { value: 'rejected', label: '已退回' },
];
