import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ask, enterRoom, pageFor, textFile } from './browser.mjs';

const page = await pageFor();
let person, other, today;
before(async () => {
  const lists = await ask(page, '/api/v1/difficulty/lists');
  const applied = lists.find((list) => list.state === 'applied' && list.kind === 'change');
  const { rows } = await ask(page, `/api/v1/difficulty/lists/${applied.list_no}`);
  [other, person] = rows.slice(-2);
  ({ today } = await ask(page, '/api/v1/session'));
});

const heading = '证件号码,姓名,身份,增减,认定日期,有效期至';

test('a list comes in and is checked row by row', async () => {
  await enterRoom(page, '困难名单');
  const good = `${person.document},${person.name},特困人员,新增,${today},`;
  const bad = `${other.document},别的名字,特困人员,新增,${today},`;
  const file = textFile('特困新增.csv', [heading, good, bad, '合计,2']);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: '收件并核对' }).click();
  await page.waitForURL(/\/difficulty\/HZ/);
  await page.getByText('待入册', { exact: true }).first().waitFor();
  await page.getByRole('cell', { name: '姓名与参保登记不一致' }).waitFor();
  await page.getByText('入册后的变动 1 项').waitFor();
  const detail = await ask(page, `/api/v1/people/${person.person_no}`);
  assert.ok(!detail.designations.some((one) => one.name === '特困人员'));
});

test('only the rows sent back can be shown', async () => {
  await page.getByText('退回 1', { exact: true }).click();
  await page.getByText('名单各行 1 行').waitFor();
});

test('the good rows are applied and the person has the identity', async () => {
  await page.getByRole('button', { name: '其余各行入册' }).click();
  await page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s*定/ })
    .click();
  await page.getByText('已登记的变动 1 项').waitFor();
  await page.getByRole('link', { name: person.person_no }).first().click();
  await page.getByRole('cell', { name: '特困人员' }).first().waitFor();
});

test('the receipt says what came of each row', async () => {
  await page.goBack();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载回执' }).click();
  const stream = await (await download).createReadStream();
  const parts = [];
  for await (const part of stream) parts.push(part);
  const text = Buffer.concat(parts).toString();
  assert.match(text, /姓名与参保登记不一致/);
});

test('Esc leads back to the inbox, where the list stands first', async () => {
  await page.goto('/difficulty');
  await page.locator('tr.row-opens').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/difficulty\/HZ/);
  await page.locator('.figures').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/difficulty');
});

test('the watch tells why somebody was put forward', async () => {
  await enterRoom(page, '返贫预警');
  await page.locator('tr.ant-table-row').first().waitFor();
  await page.getByRole('button', { name: '展开行' }).first().click();
  await page.locator('.says li', { hasText: '达到预警线' }).waitFor();
});
