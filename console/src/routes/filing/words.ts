import type { Tone } from '../../parts/mark';

const tones: Record<string, Tone> = {
  pending: 'warning',
  valid: 'good',
  rejected: 'bad',
};

/** The ground of a filing's state. */
export const filingTone = (state: string): Tone => tones[state] ?? 'plain';
