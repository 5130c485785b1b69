import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const rows = () => page.locator('tr.row-opens');
const keyOf = (row) => row.getAttribute('data-row-key');

/** Opens the finding at a place of the list by keys alone; its id. */
async function openAt(place) {
  await rows().nth(place).waitFor();
  for (let step = 0; step <= place; step++) await page.keyboard.press('j');
  const id = await keyOf(page.locator('tr.row-chosen'));
  await page.keyboard.press('Enter');
  await page.locator('.worklist-actions').waitFor();
  return id;
}

const gone = (id) => page.locator(`tr[data-row-key="${id}"]`).waitFor({ state: 'detached' });

test('a finding is chosen, looked at and confirmed by keys alone', async () => {
  await enterRoom(page, '信息清查');
  const id = await openAt(1);
  await page.keyboard.press('1');
  await page.getByRole('dialog').waitFor();
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.type('已电话核实');
  await page.keyboard.press('Enter');
  await gone(id);
  const { finding, history } = await ask(page, `/api/v1/cleaning/findings/${id}`);
  assert.equal(finding.state, 'confirmed');
  assert.equal(history.at(-1).note, '已电话核实');
});

test('the next finding opens by itself', async () => {
  await page.locator('.worklist-actions').waitFor();
  assert.equal(await page.locator('tr.row-chosen').count(), 1);
});

test('to dismiss one needs a reason', async () => {
  const id = await keyOf(page.locator('tr.row-chosen'));
  await page.keyboard.press('2');
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.press('Enter');
  await page.getByText('请写明排除的理由').waitFor();
  await page.keyboard.type('登记无误');
  await page.keyboard.press('Enter');
  await gone(id);
});

test('two records are shown side by side, merged and split again', async () => {
  await page.goto('/cleaning?check=same_person');
  const id = await openAt(0);
  assert.ok((await page.locator('.evidence-differs').count()) > 0);
  const before = await ask(page, `/api/v1/cleaning/findings/${id}`);
  await page.keyboard.press('3');
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.press('Enter');
  await gone(id);
  await page.goto('/cleaning?state=fixed');
  assert.equal(await openAt(0), id);
  await page.keyboard.press('5');
  await page.waitForFunction(() => document.activeElement?.id === 'note');
  await page.keyboard.press('Enter');
  await gone(id);
  const after = await ask(page, `/api/v1/cleaning/findings/${id}`);
  assert.equal(after.finding.state, 'open');
  assert.deepEqual(after.fields, before.fields);
  assert.deepEqual(
    after.history.map((step) => step.decision),
    ['merge', 'split'],
  );
});

test('the passes of the checks are listed with their counts', async () => {
  await page.goto('/cleaning/runs');
  await page.getByRole('cell', { name: '已完成' }).first().waitFor();
});
