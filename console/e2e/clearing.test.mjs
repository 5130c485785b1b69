import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, test } from 'node:test';
import { ask, enterRoom, fen, pageFor, signInAs, textFile } from './browser.mjs';

const page = await pageFor('clerk');
let month;
before(async () => {
  const { today } = await ask(page, '/api/v1/session');
  const ended = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  ended.setUTCMonth(ended.getUTCMonth() - 1);
  month = ended.toISOString().slice(0, 7);
});

const board = () => ask(page, `/api/v1/clearing/months/${month}`);
const rows = () => page.locator('tr.row-opens');
const agree = () =>
  page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s*定/ })
    .click();
const statesOf = async () => {
  const { statements } = await board();
  return (state) => statements.filter((one) => one.state === state);
};
/** The amount beside a label of the page's figures. */
const figure = async (label) =>
  fen(
    await page
      .locator('.figures > div', { has: page.getByText(label, { exact: true }) })
      .locator('.amount')
      .innerText(),
  );

async function workAs(role) {
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, role);
}

/** Runs a step of the month from the page and reads what it says came of it. */
async function step(name) {
  await page.goto(`/clearing/${month}`);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await agree();
  return page.locator('.month-done').innerText();
}

test('the month opens with its statements, and a state keeps only its own', async () => {
  await enterRoom(page, '清算');
  await rows().first().waitFor();
  const { statements } = await board();
  assert.equal(await rows().count(), statements.length);
  const published = statements.filter((one) => one.state === 'published').length;
  assert.ok(published > 0, 'the demo has statements that are out');
  await page.getByRole('button', { name: /^已发布/ }).click();
  await page.waitForFunction(
    (count) => document.querySelectorAll('tr.row-opens').length === count,
    published,
  );
});

test('a statement opens by the keyboard, adds up, and leads down to a bill', async () => {
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/clearing/statements/**');
  await page.getByText(/^结算明细 \d+ 笔$/).waitFor();
  const lines = page.locator('.ant-card', { hasText: '依据' }).locator('tbody tr:not(.total-row)');
  const amounts = await lines.locator('td:last-child .amount').allInnerTexts();
  const sum = amounts.map(fen).reduce((total, one) => total + one, 0n);
  assert.equal(sum, await figure('应拨付'));
  const bills = page.locator('.ant-card', { hasText: '结算明细' });
  await bills.getByRole('button', { name: '展开行' }).first().click();
  await bills.getByRole('link', { name: '结算单和待遇计算过程' }).click();
  await page.waitForURL('**/settlement/**');
  await page.locator('.trace-step').first().waitFor();
  await page.goBack();
});

test('the hospital objects to marked bills; the answer gives a corrected version', async () => {
  await page.getByText(/^结算明细 \d+ 笔$/).waitFor();
  const before = await figure('应拨付');
  await page.locator('.ant-card', { hasText: '结算明细' }).getByRole('checkbox').nth(1).check();
  await page.locator('h1').click();
  await page.keyboard.press('2');
  await page.getByText('所涉结算 1 笔').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('请写明异议内容').waitFor();
  await page.keyboard.type('住院天数少计一天');
  await page.keyboard.press('Enter');
  await page.getByText('待答复').waitFor();
  await page.locator('h1').click();
  await page.keyboard.press('2');
  await page.getByRole('dialog').waitFor();
  await page.getByLabel('答复', { exact: true }).fill('核实属实，补付一天');
  await page.getByLabel('更正金额（减项写负数）').fill('100.00');
  await page.getByLabel('更正说明').fill('补付一天床位费');
  await page.keyboard.press('Enter');
  await page.getByText('已采纳').waitFor();
  await page.getByText('第2版', { exact: true }).waitFor();
  assert.equal((await figure('应拨付')) - before, 10_000n);
});

test('the hospital confirms what it saw', async () => {
  await page.locator('h1').click();
  await page.keyboard.press('1');
  await agree();
  await page.locator('.figures').getByText('已确认').waitFor();
});

test('a bill tells how its case came by its points, once the year is worked out', async () => {
  await page.goto(`/clearing/${month}`);
  const methods = await ask(page, '/api/v1/points/methods');
  for (const { title } of methods) {
    const valued = page.waitForResponse((answer) => answer.url().endsWith('/points/cases'));
    await page.locator('tr', { hasText: title }).getByRole('button', { name: '计算点数' }).click();
    assert.equal((await valued).status(), 200, title);
  }
  await page.getByText(/预估点值 \d/).waitFor();
  const year = month.slice(0, 4);
  const cases = await ask(page, `/api/v1/points/cases?year=${year}&limit=200`);
  const { statements } = await board();
  const valued = cases.find((one) => one.discharged_on.startsWith(month));
  const ours = statements.filter((one) => one.institution === valued.institution);
  const holding = [];
  for (const { id } of ours) {
    const { bills } = await ask(page, `/api/v1/clearing/statements/${id}/bills?limit=200`);
    if (bills.some((one) => one.settlement === valued.settlement_id)) holding.push(id);
  }
  await page.goto(`/clearing/statements/${holding[0]}`);
  const row = page.locator(`tr[data-row-key="${valued.settlement_id}"]`);
  await row.getByRole('button', { name: '展开行' }).click();
  await page.locator('.case-value').getByText(valued.group_code, { exact: true }).waitFor();
  const said = await page.locator('.case-value .says').innerText();
  assert.ok(said.includes(valued.trace.at(-1).sentence));
});

test('who prepared a month may not approve it', async () => {
  await page.goto(`/clearing/${month}`);
  await rows().first().waitFor();
  assert.ok(await page.getByRole('button', { name: /^审批/ }).isDisabled());
  for (const one of (await statesOf())('objected')) {
    const path = `/api/v1/clearing/statements/${one.id}/answer`;
    const said = { data: { answer: '经核对无误', corrections: [] } };
    assert.equal((await page.request.post(path, said)).status(), 200);
  }
  for (const one of (await statesOf())('published')) {
    const path = `/api/v1/clearing/statements/${one.id}/confirmation`;
    const seen = { data: { version: one.version } };
    assert.equal((await page.request.post(path, seen)).status(), 200);
  }
});

test('a second person approves, a third orders', async () => {
  await workAs('auditor');
  const confirmed = (await statesOf())('confirmed').length;
  assert.match(await step('审批'), new RegExp(`审批.*${confirmed}|${confirmed}.*审批`));
  assert.equal((await statesOf())('confirmed').length, 0);
  assert.match(await step('开具支付凭单'), /由经办、审批以外的人开具/);
  await workAs('admin');
  await step('开具支付凭单');
  assert.equal((await statesOf())('approved').length, 0);
});

/** What the bank answers to a file of ours: every line paid. */
function paid(text) {
  const [head, , ...lines] = text.trim().split('\n');
  const [, file, , , , , count, , total] = head.trim().split(',');
  const answered = lines.map((line, at) => {
    const cells = line.trim().split(',');
    return [cells[1], cells[6], '已付', '2024-11-15', `LS${at + 1}`, ''].join(',');
  });
  const first = `文件号,${file},笔数,${count},合计金额,${total}`;
  return [first, '凭单号,金额,结果,记账日期,流水号,原因', ...answered];
}

test('orders go to the bank by book, and its receipts pay the statements', async () => {
  await page.goto(`/payments/${month}`);
  await page.getByText('待送银行', { exact: true }).first().waitFor();
  const make = page.getByRole('button', { name: '生成付款文件' });
  const books = new Set(
    (await board()).orders.filter((one) => one.state === 'made').map((one) => one.book),
  );
  assert.ok(books.size > 0, 'orders wait');
  for (let left = books.size; left > 0; left -= 1) {
    await make.first().click();
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll('button')].filter((one) =>
          one.textContent.includes('生成付款文件'),
        ).length === count,
      left - 1,
    );
  }
  const { files } = await board();
  for (const file of files.filter((one) => !one.receipt)) {
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: file.file }).click();
    const parts = [];
    for await (const part of await (await download).createReadStream()) parts.push(part);
    const bytes = Buffer.concat(parts);
    assert.equal(createHash('sha256').update(bytes).digest('hex'), file.hash);
    const lines = paid(bytes.toString());
    const upload = page.locator('input[type=file]');
    await upload.setInputFiles(textFile('回单.csv', [...lines.slice(0, -1)]));
    await page.getByText(/回单写明.*笔/).waitFor();
    await upload.setInputFiles(textFile('回单.csv', lines));
    await page.getByText(new RegExp(`付款文件${file.file}：已付`)).waitFor();
  }
  await page.waitForFunction(() => !document.body.textContent.includes('等待回单'));
  assert.equal((await statesOf())('ordered').length, 0);
});

test('the month is closed, and both kinds of books agree', async () => {
  await workAs('auditor');
  await step('结账');
  await page.getByRole('button', { name: /^已结清/ }).click();
  const { statements, bridges } = await board();
  assert.ok(statements.every((one) => one.state === 'closed'));
  assert.ok(bridges.every((one) => fen(one.difference) === 0n));
});
