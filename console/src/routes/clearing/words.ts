import dayjs from 'dayjs';
import type { Tone } from '../../parts/mark';

const tones: Record<string, Tone> = {
  draft: 'plain',
  published: 'warning',
  objected: 'bad',
  confirmed: 'good',
  approved: 'good',
  ordered: 'good',
  paid: 'good',
  closed: 'plain',
};

/** The states of a statement in the order of its way. */
export const statementStates: [string, string][] = [
  ['draft', '草稿'],
  ['published', '已发布'],
  ['objected', '有异议'],
  ['confirmed', '已确认'],
  ['approved', '已审批'],
  ['ordered', '已开单'],
  ['paid', '已拨付'],
  ['closed', '已结清'],
];

/** The month that has ended last. */
export function endedMonth(today: string): string {
  return dayjs(today).subtract(1, 'month').format('YYYY-MM');
}

/** How the state of a statement looks. */
export const statementTone = (state: string): Tone => tones[state] ?? 'plain';

/** `2024-10` as it is said. */
export function monthName(month: string): string {
  const [year, of] = month.split('-');
  return `${year}年${Number(of)}月`;
}
