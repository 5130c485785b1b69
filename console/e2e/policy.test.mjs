import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const entries = () => page.locator('.policy-topics tbody tr.ant-table-row');

test('every parameter has a source and an effective date', async () => {
  await enterRoom(page, '政策');
  await entries().first().waitFor();
  for (const cells of await entries().evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  )) {
    assert.notEqual(cells[2].trim(), '', `source of ${cells[0]}`);
    assert.match(cells[2], /\d{4}-\d{2}-\d{2} 起/, `date of ${cells[0]}`);
  }
});

test('a text narrows the list to what contains it', async () => {
  const before = await entries().count();
  await page.keyboard.press('/');
  await page.keyboard.type('起付');
  await page.waitForFunction(
    (all) => document.querySelectorAll('.policy-topics tr.ant-table-row').length < all,
    before,
  );
  assert.ok((await entries().count()) > 0);
});

test('the history of a parameter opens and Esc closes it', async () => {
  await entries().first().getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('.policy-version').first().waitFor();
  assert.equal(await drawer.getByText(/有效$/).count(), 1, 'one version is in force');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});

test('an earlier day shows the law of that day', async () => {
  const url = new URL(page.url());
  await page.goto(`${url.pathname}?on=1990-01-01`);
  await page.getByText('没有符合条件的参数').or(page.locator('.failure')).waitFor();
});
