import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertReceiptBalances, enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const run = () => page.getByRole('button', { name: '试算', exact: true });
const answered = (page) => page.waitForResponse((answer) => answer.url().endsWith('/api/v1/trial'));

test('two clicks lead to a worked-out bill', async () => {
  await enterRoom(page, '待遇试算');
  const answer = answered(page);
  await run().click();
  assert.equal((await answer).status(), 200);
  await page.getByText('试算结果，不作为结算凭证').waitFor();
  await assertReceiptBalances(page);
  assert.ok((await page.locator('.trace-step').count()) >= 2);
});

test('every example can be worked out', async () => {
  const examples = page.locator('.trial-examples button');
  assert.ok((await examples.count()) > 0);
  for (const example of await examples.all()) {
    const answer = answered(page);
    await example.click();
    assert.equal((await answer).status(), 200, await example.innerText());
    await page.locator('.sheet:not(.stale) .receipt').waitFor();
    await assertReceiptBalances(page);
  }
});

test('another cost gives another bill', async () => {
  const price = page.locator('.line-row').first().locator('[aria-label=单价]');
  await price.fill('4321.09');
  const answer = answered(page);
  await run().click();
  const { lines } = await (await answer).json();
  assert.equal(Number(lines[0].price), 4321.09);
  await page
    .locator('.receipt-lines')
    .getByText(/4,321\.09/)
    .first()
    .waitFor();
  await assertReceiptBalances(page);
});

test('a bill without lines is not sent', async () => {
  for (const remove of await page.getByRole('button', { name: '删除此行' }).all()) {
    await page.getByRole('button', { name: '删除此行' }).first().click();
  }
  await run().click();
  await page.getByText('请至少填一行费用').waitFor();
});
