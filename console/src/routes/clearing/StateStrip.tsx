import type { ClearingBoard } from '../../api/client';
import { formatAmount, isZero } from '../../parts/amount';

interface Props {
  of: ClearingBoard;
  chosen: string;
  choose: (state: string) => void;
}

/** How many statements stand at each step of the way; a click keeps only those. */
export function StateStrip({ of, chosen, choose }: Props) {
  const cell = (state: string, name: string, count: number, due?: string) => (
    <button
      key={state}
      type="button"
      aria-pressed={chosen === state}
      className={chosen === state ? 'state-cell state-cell-chosen' : 'state-cell'}
      onClick={() => choose(state)}
    >
      <span>{name}</span>
      <strong>{count}</strong>
      <small>{due && !isZero(due) ? `${formatAmount(due)} 元` : ' '}</small>
    </button>
  );
  return (
    <div className="state-strip" role="group" aria-label="清算单状态">
      {cell('', '全部', of.statements.length)}
      {of.states.map((one) => cell(one.state, one.name, one.statements, one.due))}
    </div>
  );
}
