import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { enterRoom, fen, pageFor } from './browser.mjs';

const page = await pageFor();
before(() => enterRoom(page, '分组模拟'));

const group = () => page.locator('[data-group]');
const figure = (label) =>
  page
    .locator('.simulator-group .figures > div', { has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .innerText();
const answered = () =>
  page.waitForResponse((answer) => answer.url().endsWith('/api/v1/simulator'), { timeout: 15_000 });

/** Types a code or name into a field and takes the first that is found. */
async function code(label, text) {
  const field = page.getByLabel(label);
  await field.click();
  await page.keyboard.type(text);
  await page.locator(`.ant-select-item-option:visible`, { hasText: text }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

test('a case typed by the keyboard gets its group, its pay and the reasons', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('68');
  await page.getByText('男', { exact: true }).click();
  await code('主要诊断', 'I63.900');
  await page.getByLabel('总费用（元）').fill('8900');
  const answer = answered();
  await page.keyboard.press('Enter');
  assert.equal((await answer).status(), 200);
  await group().waitFor();
  assert.equal(await group().innerText(), 'BR25');
  const standard = fen(await figure('支付标准'));
  assert.equal(fen(await figure('支付标准减总费用')), standard - 890_000n);
  const said = await page.locator('.simulator-group .says').first().innerText();
  assert.match(said, /主要诊断I63\.900在BR2的列表/);
});

test('one more diagnosis shows what it changes, with a warning', async () => {
  await code('再加一个诊断会怎样', 'J96.000');
  await page.getByRole('button', { name: '模拟', exact: true }).click();
  await page.getByRole('cell', { name: 'BR21', exact: true }).waitFor();
  await page.getByText('疑似高套，请核对病历').waitFor();
  const row = page.locator('tr', { has: page.getByRole('cell', { name: 'BR21', exact: true }) });
  assert.ok(fen(await row.locator('.amount').first().innerText()) > 0n);
});

test('the same case goes to a disease group under the other scheme', async () => {
  await page.getByText('示例 DIP 病种目录 1', { exact: true }).click();
  await page.locator('[data-group="I63.9:00"]').waitFor();
  assert.equal(await page.getByLabel('分值单价（元）').inputValue(), '12');
  await page.getByText('示例 DRG 分组方案 1', { exact: true }).click();
  await page.locator('[data-group="BR25"]').waitFor();
});

test('every example is answered', async () => {
  for (const example of await page.locator('.trial-examples button').all()) {
    const answer = answered();
    await example.click();
    assert.equal((await answer).status(), 200, await example.innerText());
  }
  await page.getByText('缺少出生体重').first().waitFor();
});

/** Opens the dialog for pasting by its key, with the cursor in it. */
async function startPasting() {
  await page.locator('h1').click();
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
}

test('cases are pasted from a table, and one can be chosen', async () => {
  await startPasting();
  await page.keyboard.insertText(
    '病案号\t性别\t年龄\t主要诊断\t手术操作\t总费用\nB1\t女\t35\tK35.800\t47.0100\t9200\nB2\t男\t71\tJ18.900\t\t4000',
  );
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-group="GD15"]').waitFor();
  await page.getByLabel('粘贴的病例').click();
  await page.locator('.ant-select-item-option', { hasText: 'B2' }).click();
  await page.locator('[data-group="ES15"]').waitFor();
});

test('a table without a principal diagnosis is refused with the reason', async () => {
  await startPasting();
  await page.keyboard.insertText('性别,年龄\n女,35');
  await page.keyboard.press('Control+Enter');
  await page.getByText('表头里没有主要诊断（principal_dx）一列').waitFor();
  await page.keyboard.press('Escape');
});

test('what cannot be read is said in Chinese', async () => {
  await page.getByLabel('住院天数').fill('很久');
  await page.keyboard.press('Enter');
  await page.getByText('住院天数“很久”有误').waitFor();
});
