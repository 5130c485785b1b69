import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, choose, enterRoom, onlyRow, pageFor, samplePeople } from './browser.mjs';

const page = await pageFor();

let number;

test('a person is found by number', async () => {
  await enterRoom(page, '参保人');
  await page.locator('tr.row-opens').first().waitFor();
  number = await page.locator('tr.row-opens').last().getAttribute('data-row-key');
  await page.keyboard.press('/');
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await onlyRow(page, number);
});

test('a person is found by document, name and phone', async () => {
  const [, , person] = await samplePeople();
  const facts = await ask(page, `/api/v1/people/${person.psn_no}/register`);
  const phone = facts.find((fact) => fact.kind === 'contact').text.match(/\d{11}/)[0];
  for (const text of [person.certno, phone]) {
    await page.keyboard.press('/');
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await onlyRow(page, person.psn_no);
  }
  await page.keyboard.press('/');
  await page.keyboard.type(person.psn_name);
  await page.keyboard.press('Enter');
  await page.locator(`tr[data-row-key="${person.psn_no}"]`).waitFor();
  await page.goto(`/people?text=${number}`);
  await onlyRow(page, number);
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

test('a change of the past shows beforehand which bills it re-opens', async () => {
  const [{ month }] = await ask(page, '/api/v1/watch');
  const { people } = await ask(page, `/api/v1/watch/${month}`);
  const { person_no, bills } = people[0];
  await page.goto(`/people/${person_no}`);
  await page.getByRole('button', { name: '参保变动' }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, '险种', '城乡居民');
  await choose(page, '变动', '终止参保');
  await dialog.getByLabel('发生日期').fill(`${month}-01`);
  await page.keyboard.press('Enter');
  assert.ok(await dialog.getByRole('button', { name: '登记' }).isDisabled());
  await dialog.getByRole('button', { name: '预览' }).click();
  const row = dialog.locator('tr', { hasText: bills[0].settlement_id });
  await row.waitFor();
  const amounts = await row.locator('.amount').allInnerTexts();
  assert.equal(amounts.length, 2);
  assert.notEqual(amounts[0], amounts[1]);
  await dialog.getByRole('button', { name: '取消' }).click();
  assert.deepEqual(await ask(page, `/api/v1/reopened?person_no=${person_no}`), []);
});

test('a corrected name leaves the old belief readable', async () => {
  await page.goto(`/people/${number}`);
  await page.locator('.identity').waitFor();
  const before = await page.locator('.page-head h1').innerText();
  await page.getByRole('button', { name: '更正姓名' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('正确的姓名').fill(`${before}正`);
  await dialog.getByRole('button', { name: '预览' }).click();
  await dialog.getByText('不影响已经结算的账单').waitFor();
  await dialog.getByRole('button', { name: '登记' }).click();
  await page.getByRole('heading', { name: `${before}正` }).waitFor();
  const names = page.locator('tr.ant-table-row', {
    has: page.getByRole('cell', { name: '姓名', exact: true }),
  });
  await names.filter({ hasText: '已被第' }).first().waitFor();
  const facts = await ask(page, `/api/v1/people/${number}/register`);
  const told = facts.filter((fact) => fact.kind === 'name');
  const opening = told.reduce((one, two) => (one.number < two.number ? one : two));
  assert.ok(told.length >= 2);
  const moment = page.getByLabel('查看某一时刻的认定');
  await moment.fill('2000-01-01 00:00:00');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.body.innerText.includes('已被第'));
  await names.first().waitFor();
  assert.deepEqual(await names.locator('.register-text').allInnerTexts(), [opening.text]);
});

test('an account is frozen with a reason and freed again', async () => {
  const [holder] = await samplePeople();
  await page.goto(`/people/${holder.psn_no}`);
  await page.getByRole('button', { name: '冻结' }).click();
  await page.getByLabel('原因').fill('核查代刷');
  await page.keyboard.press('Enter');
  await page.getByText('账户已冻结：核查代刷').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: '解冻' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '解冻' }).click();
  await page.getByText('账户已冻结：核查代刷').waitFor({ state: 'detached' });
});

test('a newborn without a document is enrolled and covered', async () => {
  await page.goto('/people');
  await page.getByRole('button', { name: '参保登记' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('姓名').fill('示例宝宝');
  await choose(page, '性别', '女');
  await dialog.getByLabel('出生日期').fill('2024-11-01');
  await page.keyboard.press('Enter');
  await choose(page, '证件类型', '新生儿');
  await choose(page, '参保县区', '曾都区');
  await choose(page, '参保类别', '新生儿（居民）');
  await dialog.getByRole('button', { name: '登记' }).click();
  await page.waitForURL(/\/people\/\d{10,}/);
  await page.getByRole('heading', { name: '示例宝宝' }).waitFor();
  const cover = await page.locator('.coverage-list').innerText();
  assert.match(cover, /新生儿/);
  assert.match(cover, /2024-11-01/, 'covered from birth');
});
