import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const rows = () => page.locator('tr.row-opens');
const card = () => page.locator('.worklist-side');

async function openFirst() {
  await rows().first().waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await card().getByText('质控结果').waitFor();
  return page.locator('tr.row-chosen').getAttribute('data-row-key');
}

test('lists come with their quality, and a list tells why it is in its group', async () => {
  await enterRoom(page, '结算清单');
  const id = await openFirst();
  const { groups, findings } = await ask(page, `/api/v1/discharges/${id}`);
  assert.ok(groups.length > 0, 'the list was grouped on arrival');
  const shown = card().locator('.case-value');
  assert.equal(await shown.count(), groups.length);
  const said = await shown.first().locator('.says').innerText();
  assert.match(said, /\p{Script=Han}/u);
  assert.equal(await card().locator('.steps').first().locator('li').count(), findings.length);
});

test('only lists with errors are kept', async () => {
  await page.getByText('有差错', { exact: true }).first().click();
  await page.waitForURL((url) => url.searchParams.get('faulty') === 'yes');
  await rows().first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tr.row-opens')].every((row) => row.textContent.includes('差错')),
  );
});

test('a submitted list is approved by a key, another sent back with its reason', async () => {
  await page.goto('/discharges?state=submitted');
  const first = await openFirst();
  await page.keyboard.press('1');
  await page.getByRole('dialog').waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await page.locator(`tr[data-row-key="${first}"]`).waitFor({ state: 'detached' });
  const second = await openFirst();
  await page.keyboard.press('2');
  await page.waitForFunction(() => document.activeElement?.id === 'reason');
  await page.keyboard.press('Enter');
  await page.getByText('请写明退回理由').waitFor();
  await page.keyboard.type('主要诊断与病历首页不符');
  await page.keyboard.press('Enter');
  await page.locator(`tr[data-row-key="${second}"]`).waitFor({ state: 'detached' });
  assert.equal((await ask(page, `/api/v1/discharges/${first}`)).list.state, 'approved');
  assert.equal((await ask(page, `/api/v1/discharges/${second}`)).list.state, 'rejected');
});
