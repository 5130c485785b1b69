/** Writes an amount such as `-12345.60` as `-12,345.60`, working on the text alone. */
export function formatAmount(amount: string): string {
  const negative = amount.startsWith('-');
  const [whole = '0', cents] = (negative ? amount.slice(1) : amount).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '-' : ''}${grouped}${cents === undefined ? '' : `.${cents}`}`;
}

/** Writes a count with its thousands apart: `3,159,440`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function isZero(amount: string): boolean {
  return /^-?0*(\.0*)?$/.test(amount);
}

/** The sum of two amounts, in whole fen. */
export function addAmounts(one: string, other: string): string {
  const fen = BigInt(one.replace('.', '')) + BigInt(other.replace('.', ''));
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The size of an amount for drawing only; never for arithmetic that is shown. */
export function magnitude(amount: string | null | undefined): number {
  return amount ? Math.abs(Number(amount)) : 0;
}

interface Props {
  value: string;
  strong?: boolean;
  /** Show zero as a quiet dash, for wide tables where most cells are zero. */
  quietZero?: boolean;
}

/** One amount: tabular digits, grouped, negative in red. */
export function Amount({ value, strong, quietZero }: Props) {
  if (quietZero && isZero(value)) return <span className="amount amount-zero">–</span>;
  const tone = value.startsWith('-') ? ' amount-negative' : '';
  return (
    <span className={`amount${tone}${strong ? ' amount-strong' : ''}`}>{formatAmount(value)}</span>
  );
}
