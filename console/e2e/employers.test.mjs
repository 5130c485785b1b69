import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enterRoom, fen, onlyRow, pageFor } from './browser.mjs';

const page = await pageFor();

let number;

test('an employer is found by number and opened by Enter', async () => {
  await enterRoom(page, '用人单位');
  await page.locator('tr.row-opens').first().waitFor();
  number = await page.locator('tr.row-opens').first().getAttribute('data-row-key');
  await page.keyboard.press('/');
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await onlyRow(page, number);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/employers/${number}`);
  await page.locator('.facts dd', { hasText: number }).waitFor();
});

test('the page lists months and staff', async () => {
  await page.getByText('各月核定', { exact: true }).waitFor();
  await page.getByText(/^在册职工 \d+ 人$/).waitFor();
  assert.ok((await page.getByRole('button', { name: /^\d{4}-\d{2}$/ }).count()) > 0);
});

test('a month opens to its lines, which add up to what is owed and say why', async () => {
  const month = page.getByRole('button', { name: /^\d{4}-\d{2}$/ }).first();
  const row = page.locator('tr', { has: month });
  const cells = await row.first().locator('.amount').allInnerTexts();
  const owed = fen(cells[3]);
  await month.click();
  const drawer = page.getByRole('dialog');
  await drawer.locator('tr.ant-table-row').first().waitFor();
  let sum = 0n;
  for (const line of await drawer.locator('tr.ant-table-row').all()) {
    const [, , employer, person] = await line.locator('.amount').allInnerTexts();
    sum += fen(employer) + fen(person);
  }
  assert.equal(sum, owed);
  await drawer.getByRole('button', { name: '展开行' }).first().click();
  assert.ok((await drawer.locator('.month-steps li').count()) > 0);
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'hidden' });
});
