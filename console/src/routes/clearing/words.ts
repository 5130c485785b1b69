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

/** How the state of a statement looks. */
export const statementTone = (state: string): Tone => tones[state] ?? 'plain';

/** `2024-10` as it is said. */
export function monthName(month: string): string {
  const [year, of] = month.split('-');
  return `${year}年${Number(of)}月`;
}
