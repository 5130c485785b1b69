import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, choose, enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const rows = () => page.locator('tr.row-opens');
const gone = (id) => page.locator(`tr[data-row-key="${id}"]`).waitFor({ state: 'detached' });

async function openFirst() {
  await rows().first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('.worklist-actions').waitFor();
  return page.locator('tr.row-chosen').getAttribute('data-row-key');
}

test('a recognition is granted by keys and stands on the person page', async () => {
  await enterRoom(page, '备案审核');
  const { rows: waiting } = await ask(page, '/api/v1/filings?class=recognition');
  await page.getByText(/^慢特病认定 \d+$/).click();
  const id = await openFirst();
  const filing = waiting.find((one) => one.id === id);
  await page.keyboard.press('1');
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.press('Enter');
  await gone(id);
  await page.goto(`/people/${filing.person_no}`);
  await page.locator('tr', { hasText: filing.subject }).getByText('有效').first().waitFor();
});

test('an accident is concluded, with the facts', async () => {
  await page.goto('/filings?class=accident');
  const id = await openFirst();
  await page.keyboard.press('1');
  await page.getByRole('dialog').waitFor();
  await choose(page, '调查结论', '无他方责任');
  await page.getByLabel('事实与证据').fill('现场照片和村委会证明');
  await page.keyboard.press('Enter');
  await gone(id);
});

test('a refusal needs its reason', async () => {
  await page.goto('/filings');
  const id = await openFirst();
  await page.keyboard.press('2');
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.press('Enter');
  await page.getByText('请写明理由').waitFor();
  await page.keyboard.type('材料不全');
  await page.keyboard.press('Enter');
  await gone(id);
  const { rows: refused } = await ask(page, '/api/v1/filings?state=rejected');
  assert.ok(refused.some((one) => one.id === id));
});
