import type { CounterUnit } from '../api/client';
import { Amount } from './amount';

interface Props {
  value: string;
  unit: CounterUnit;
  strong?: boolean;
}

/** The value of a counter in its unit: money, times, or a quantity. */
export function CounterValue({ value, unit, strong }: Props) {
  if (unit === 'yuan') return <Amount value={value} strong={strong} />;
  return <span className="amount">{unit === 'times' ? `${value} 次` : value}</span>;
}
