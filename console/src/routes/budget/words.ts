import type { Tone } from '../../parts/mark';

const tones: Record<string, Tone> = {
  none: 'good',
  notice: 'warning',
  interview: 'bad',
  special_review: 'bad',
};

export const warningTone = (warning: string): Tone => tones[warning] ?? 'plain';

/** `1.0325` as `103.25%`, moving the point in the text. */
export function percent(ratio: string): string {
  const negative = ratio.startsWith('-');
  const [whole = '0', rest = ''] = (negative ? ratio.slice(1) : ratio).split('.');
  const digits = `${whole}${rest.padEnd(4, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  return `${negative ? '-' : ''}${digits}.${rest.padEnd(4, '0').slice(2, 4)}%`;
}
