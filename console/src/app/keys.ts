import { useEffect } from 'react';

const isRadio = (target: unknown) => target instanceof HTMLInputElement && target.type === 'radio';

/** Whether a key belongs to the field it is pressed in; a radio button takes arrows alone. */
function typing({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (isRadio(target)) return key.startsWith('Arrow');
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/**
 * Runs `act` when `key` is pressed anywhere but in a field. A chord with Ctrl, Alt or Meta belongs
 * to the browser, and a key that an open overlay has used is left alone.
 */
export function useKey(key: string, act: (event: KeyboardEvent) => void, enabled = true) {
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented || typing(event)) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('.ant-drawer-open, .ant-modal-wrap:not([style*="none"])')) return;
      act(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}

/** Enter in the search field leaves it, so that the arrows move in what was found. */
function leaveOnEnter(event: KeyboardEvent) {
  const { target } = event;
  if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLInputElement)) return;
  if (target.role !== 'combobox' && target.closest('[data-search]')) target.blur();
}

/** A choice made with the mouse gives the arrows back to the list. */
function leaveRadio(event: MouseEvent) {
  if (event.detail === 0) return;
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (isRadio(activeElement)) (activeElement as HTMLInputElement).blur();
  });
}

/** Enter in a field of days takes the typed day and does not send the form of the days before. */
export function takeDay(event: React.KeyboardEvent) {
  if (event.key === 'Enter') event.preventDefault();
}

/** `/` moves the cursor to the page's search field, which carries `data-search`. */
export function useSearchKey() {
  useEffect(() => {
    window.addEventListener('keydown', leaveOnEnter);
    window.addEventListener('click', leaveRadio);
    return () => {
      window.removeEventListener('keydown', leaveOnEnter);
      window.removeEventListener('click', leaveRadio);
    };
  }, []);
  useKey('/', (event) => {
    const field = document.querySelector<HTMLInputElement>(
      'input[data-search], [data-search] input',
    );
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
