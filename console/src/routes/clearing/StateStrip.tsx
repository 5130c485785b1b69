import type { ClearingMonth } from '../../api/client';
import { statementStates } from './words';

interface Props {
  of: ClearingMonth;
  chosen: string;
  choose: (state: string) => void;
}

/** How many statements stand at each step of the way; a click keeps only those. */
export function StateStrip({ of, chosen, choose }: Props) {
  const cell = (state: string, name: string) => (
    <button
      key={state}
      type="button"
      aria-pressed={chosen === state}
      className={chosen === state ? 'state-cell state-cell-chosen' : 'state-cell'}
      onClick={() => choose(state)}
    >
      <span>{name}</span>
      <strong>{of.statements.filter((row) => state === '' || row.state === state).length}</strong>
    </button>
  );
  return (
    <div className="state-strip" role="group" aria-label="清算单状态">
      {cell('', '全部')}
      {statementStates.map(([state, name]) => cell(state, name))}
    </div>
  );
}
