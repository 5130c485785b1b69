import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ask, enterRoom, fen, pageFor, signInAs } from './browser.mjs';

const page = await pageFor();
before(agreeOnTarget);

/** A target that a hospital is far over: proposed by one, decided by another. */
async function agreeOnTarget() {
  const { today } = await ask(page, '/api/v1/session');
  const statements = await ask(page, '/api/v1/clearing/statements');
  const [{ institution, book }] = statements
    .filter((one) => one.book === 'R' && fen(one.due) > 100_000n)
    .slice(-1);
  const of = { institution, book, year: Number(today.slice(0, 4)) };
  const target = { ...of, asked: '600.00', offered: '500.00', amount: '550.00', note: '两轮协商' };
  const proposed = await page.request.post('/api/v1/budgets/targets', { data: target });
  assert.equal(proposed.status(), 200, await proposed.text());
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, 'auditor');
  const decision = { data: { ...of, agree: true } };
  const decided = await page.request.post('/api/v1/budgets/targets/decision', decision);
  assert.equal(decided.status(), 200, await decided.text());
}

const rows = () => page.locator('tr.row-opens');

test('the board lists institutions against their quota, month by month', async () => {
  const board = page.waitForResponse((answer) => /\/budgets\/months\//.test(answer.url()));
  await enterRoom(page, '预算执行');
  const { lines } = await (await board).json();
  await rows().first().waitFor();
  assert.equal(await rows().count(), lines.length);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const table = page.locator('.worklist-side .side-table');
  await table.waitFor();
  const used = await table.locator('tbody td:nth-child(3)').allInnerTexts();
  const sum = used.map((text) => (text === '–' ? 0n : fen(text))).reduce((a, b) => a + b, 0n);
  assert.equal(sum, fen(lines[0].actual));
});

test('those over target are a list of their own; a talk is recorded and followed up', async () => {
  await page.locator('.ant-segmented-item', { hasText: /^应约谈 \d+$/ }).click();
  await rows().first().waitFor();
  const talks = page.locator('.ant-card', { hasText: '约谈记录' });
  const talked = await talks.locator('tbody td:first-child').allInnerTexts();
  await page.locator('h1').click();
  let name;
  do {
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    name = await page.locator('tr.row-chosen td').first().innerText();
  } while (talked.includes(name));
  await page.keyboard.press('1');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('请写明超支原因').waitFor();
  await page.getByLabel('超支原因').fill('三季度骨科耗材增加');
  await page.getByLabel('整改措施').fill('按月通报，限制高值耗材');
  await page.getByLabel('整改措施').press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const record = page.locator('tr', { hasText: '三季度骨科耗材增加' });
  await record.waitFor();
  assert.match(await record.innerText(), new RegExp(name));
});

test('a month that cannot be read is refused in Chinese', async () => {
  await page.goto('/budgets/2024-13');
  assert.match(await page.locator('.failure').innerText(), /\p{Script=Han}/u);
  await ask(page, '/api/v1/session');
});
