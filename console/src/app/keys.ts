import { useEffect } from 'react';

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/**
 * Runs `act` when `key` is pressed anywhere but in a field. A chord with Ctrl, Alt or Meta belongs
 * to the browser, and a key that an open overlay has used is left alone.
 */
export function useKey(key: string, act: (event: KeyboardEvent) => void, enabled = true) {
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented || typing(event.target)) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (document.querySelector('.ant-drawer-open, .ant-modal-wrap:not([style*="none"])')) return;
      act(event);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}

/** `/` moves the cursor to the page's search field, which carries `data-search`. */
export function useSearchKey() {
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
