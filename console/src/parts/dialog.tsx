import { Modal, type ModalProps } from 'antd';
import { useRef } from 'react';

/** The field that a dialog opens on carries this. */
export const first = { 'data-first': true };

/**
 * A dialog that opens with the cursor in the field marked `first`, so that a decision made by a key
 * goes on at the keyboard; Enter in a field sends its form, Esc closes.
 */
export function Dialog({ children, ...rest }: Omit<ModalProps, 'open' | 'afterOpenChange'>) {
  const box = useRef<HTMLDivElement>(null);
  const focus = (open: boolean) => {
    if (!open) return;
    box.current
      ?.querySelector<HTMLElement>('input[data-first], [data-first] input, textarea[data-first]')
      ?.focus();
  };
  return (
    <Modal {...rest} open afterOpenChange={focus}>
      <div ref={box}>{children}</div>
    </Modal>
  );
}
