import type { DoubtOffer } from '../../api/client';
import type { Tone } from '../../parts/mark';

/** The states in the order of the procedure, with the names the server gives them. */
export const doubtStates: [string, string][] = [
  ['proposed', '待通知'],
  ['first_review', '待初审'],
  ['dismissal_check', '待复核放行'],
  ['published', '已通知'],
  ['appealed', '待复审'],
  ['panel', '专家合议中'],
  ['confirmed', '已确认'],
  ['deducted', '已扣减'],
  ['dismissed', '不成立'],
  ['handed_over', '已移交稽核'],
  ['reminded', '仅提醒'],
  ['withdrawn', '已撤回'],
];

const tones: Record<string, Tone> = {
  proposed: 'bad',
  first_review: 'warning',
  dismissal_check: 'warning',
  published: 'plain',
  appealed: 'warning',
  panel: 'warning',
  confirmed: 'bad',
  deducted: 'good',
};

/** The ground of a doubt's state. */
export const doubtTone = (state: string): Tone => tones[state] ?? 'plain';

/** The ground of a rule's strength. */
export const strengthTone = (strength: string): Tone =>
  strength === 'deduct' ? 'bad' : strength === 'suspect' ? 'warning' : 'plain';

export const strengths = [
  { value: '', label: '全部等级' },
  { value: 'deduct', label: '违规' },
  { value: 'suspect', label: '可疑' },
  { value: 'remind', label: '提示' },
];

/** Moves that say why in words that the server insists on. */
export const withReason = new Set(['dismiss', 'appeal', 'release']);

/** Moves that name an amount. */
export const withAmount = new Set(['confirm', 'panel_confirm', 'release']);

/** Moves that count votes. */
export const withVotes = new Set(['panel_confirm', 'panel_reject']);

/** What a move brings about, where its name does not say it. */
export const consequences: Record<string, string> = {
  publish: '发出通知后起算申诉期限，机构可以申诉或者接受',
  accept: '接受即按全部金额确认，列入清算扣减，不能再申诉',
  appeal: '申诉提交后由复审人员办理，不能再补充附件',
  hand_over: '移交后由稽核另行办理，不再在这里办结',
  extend: '申诉期限只能延长一次',
};

/** Moves that take attachments along. */
export const withFiles = new Set(['appeal']);

/** What can be done with many doubts at once: nothing that names an amount or a vote. */
export const forMany = new Set([
  'publish',
  'dismiss',
  'agree_dismissal',
  'return_to_review',
  'hand_over',
  'refer',
  'reject',
  'extend',
  'appeal',
  'accept',
  'deduct',
]);

/** The steps of the procedure as the work list shows them, with the states of each. */
export const desks = [
  { value: 'first', label: '初审和通知', states: ['proposed', 'first_review'] },
  { value: 'house', label: '机构办理', states: ['published'] },
  { value: 'second', label: '复审合议', states: ['dismissal_check', 'appealed', 'panel'] },
  { value: 'money', label: '待扣减', states: ['confirmed'] },
  { value: 'deducted', label: '已扣减', states: ['deducted'] },
  {
    value: 'ended',
    label: '其他办结',
    states: ['dismissed', 'handed_over', 'reminded', 'withdrawn'],
  },
  { value: 'all', label: '全部', states: [] },
];

/** The states of a step; an unknown step is every state. */
export const statesOf = (desk: string): string[] =>
  desks.find((one) => one.value === desk)?.states ?? [];

/** Where somebody of a role begins the day. */
export const firstDesk = (role: string): string => (role === 'auditor' ? 'second' : 'first');

/** The moves that have a button, each with the number that chooses it. */
export function keyed(moves: DoubtOffer[]): (DoubtOffer & { key: string })[] {
  const shown = moves.filter((one) => one.verb !== 'attach');
  return shown.slice(0, 9).map((one, at) => ({ ...one, key: String(at + 1) }));
}

export const tabs = [
  { to: '/audit', text: '疑点' },
  { to: '/audit/notices', text: '通知' },
  { to: '/audit/samples', text: '抽样复核' },
  { to: '/audit/runs', text: '审核批次' },
  { to: '/audit/quality', text: '规则质量' },
  { to: '/audit/coverage', text: '覆盖' },
];
