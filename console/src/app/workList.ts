import { useState } from 'react';

/**
 * The row of a work list that is marked and the one whose card is open. After a decision the next
 * row opens by itself, or the one before where it was the last.
 */
export function useWorkList(rows: readonly { id: string }[]) {
  const [chosen, setChosen] = useState<string>();
  const [shown, setShown] = useState<string>();
  const show = (id: string | undefined) => {
    setChosen(id);
    setShown(id);
  };
  const decided = (id: string) => {
    const at = rows.findIndex((row) => row.id === id);
    show((rows[at + 1] ?? rows[at - 1])?.id);
  };
  return { chosen, choose: setChosen, shown, show, hide: () => setShown(undefined), decided };
}
