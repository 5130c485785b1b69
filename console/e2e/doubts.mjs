/** What tests of the audit do with the work list of doubts. */

/** The smallest picture there is: one transparent point. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAC' +
    'hwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** The work list of doubts on a page, worked at the keyboard. */
export function keysOf(page) {
  const rows = () => page.locator('tr.row-opens');
  const chosen = () => page.locator('tr.row-opens.row-chosen');
  const gone = (id) => page.locator(`tr[data-row-key="${id}"]`).waitFor({ state: 'detached' });

  /** Opens the doubt of this number in the list by keys alone. */
  async function openByKeys(id) {
    await page.locator(`tr[data-row-key="${id}"]`).waitFor();
    for (let step = 0; step < 200; step++) {
      await page.keyboard.press('j');
      if ((await chosen().getAttribute('data-row-key')) === id) break;
    }
    await page.keyboard.press('Enter');
    await page.locator('.worklist-side .worklist-actions').waitFor();
  }

  /** Waits until the open dialog is ready for the keyboard. */
  const dialogReady = () =>
    page.waitForFunction(() =>
      document.querySelector('.ant-modal')?.contains(document.activeElement),
    );

  /** Makes a move by its number and waits until the dialog is there. */
  async function begin(key, title) {
    await page.keyboard.press(key);
    await page.locator('.ant-modal-title', { hasText: new RegExp(`^${title}：`) }).waitFor();
    await dialogReady();
  }

  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  return { rows, chosen, gone, openByKeys, dialogReady, begin, closed };
}
