import type { HTMLAttributes } from 'react';

export type Tone = 'good' | 'warning' | 'bad' | 'plain';

interface Props extends HTMLAttributes<HTMLSpanElement> {
  tone: Tone;
}

/** A short word on a tinted ground; the colours keep a contrast of 4.5 to 1. */
export function Mark({ tone, className, ...rest }: Props) {
  return <span className={`mark mark-${tone} ${className ?? ''}`} {...rest} />;
}
