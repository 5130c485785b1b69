import type { Tone } from '../../parts/mark';

export const states = [
  { value: 'open', label: '待处理' },
  { value: 'confirmed', label: '属实' },
  { value: 'dismissed', label: '已排除' },
  { value: 'fixed', label: '已归并' },
  { value: 'gone', label: '消失' },
];

const tones: Record<string, Tone> = {
  open: 'warning',
  confirmed: 'bad',
  fixed: 'good',
};

/** The ground of a finding's state. */
export const findingTone = (state: string): Tone => tones[state] ?? 'plain';

/** What can be decided, in the order of the keys that decide it. */
export const decisions = [
  { word: 'confirm', name: '属实', key: '1' },
  { word: 'dismiss', name: '排除', key: '2' },
  { word: 'merge', name: '归并', key: '3' },
  { word: 'assign', name: '交办', key: '4' },
  { word: 'split', name: '拆分', key: '5' },
  { word: 'reopen', name: '重新打开', key: '6' },
] as const;

export type DecisionWord = (typeof decisions)[number]['word'];

export const tabs = [
  { to: '/cleaning', text: '疑点' },
  { to: '/cleaning/runs', text: '清查与导入记录' },
];
