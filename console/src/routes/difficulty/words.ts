import type { Tone } from '../../parts/mark';

/** The bureaus that recognise people; the server refuses one that its law does not name. */
export const bureaus = [
  { value: 'civil_affairs', label: '民政部门' },
  { value: 'rural_affairs', label: '农业农村（乡村振兴）部门' },
  { value: 'disabled_federation', label: '残疾人联合会' },
  { value: 'veterans_affairs', label: '退役军人事务部门' },
];

export const listKinds = [
  { value: 'change', label: '增减名单' },
  { value: 'full', label: '全量名单' },
];

const tones: Record<string, Tone> = {
  checked: 'warning',
  applying: 'warning',
  applied: 'good',
  sent_back: 'plain',
};

/** The ground of a list's state. */
export const listTone = (state: string): Tone => tones[state] ?? 'plain';

export const tabs = [
  { to: '/difficulty', text: '名单收件箱' },
  { to: '/difficulty/lapses', text: '即将到期' },
];
