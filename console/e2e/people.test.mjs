import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { enterRoom, openBrowser, signIn } from './browser.mjs';

let browser, page, faults;
before(async () => {
  ({ browser, page, faults } = await openBrowser());
  await signIn(page);
});
after(async () => {
  await browser.close();
  assert.deepEqual(faults, []);
});

let number;

test('a person is found by number', async () => {
  await enterRoom(page, '参保人');
  await page.locator('tr.row-opens').first().waitFor();
  number = await page.locator('tr.row-opens').last().getAttribute('data-row-key');
  await page.keyboard.press('/');
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll('tr.row-opens')];
    return found.length === 1 && found[0].dataset.rowKey === wanted;
  }, number);
});

test('the person page shows cover, accounts, counters and bills', async () => {
  await page.locator('tr.row-opens a').first().click();
  await page.waitForURL(`**/people/${number}`);
  await page.getByRole('img', { name: '参保时间轴' }).waitFor();
  assert.ok((await page.locator('.coverage-list li').count()) > 0);
  for (const title of ['身份', '个人账户', '年度累计', '家庭共济', '最近结算']) {
    await page.getByText(title, { exact: true }).first().waitFor();
  }
  const card = await page.locator('.identity').innerText();
  assert.ok(card.includes(number));
  assert.match(card, /\*{4,}/, 'the identity number is masked');
});

test('nobody by that name: the page says so', async () => {
  await page.goto('/people?text=没有这样的名字');
  await page.getByText('没有找到“没有这样的名字”').waitFor();
});

test('a trial can be started for this person', async () => {
  await page.goto(`/people/${number}`);
  await page.getByRole('button', { name: '为此人试算' }).click();
  await page.waitForURL(`**/trial?person=${number}`);
  await page.locator('.ant-segmented-item-selected', { hasText: '指定参保人' }).waitFor();
});
