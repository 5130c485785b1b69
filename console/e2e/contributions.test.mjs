import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, fen, pageFor, textFile } from './browser.mjs';

const page = await pageFor();

const mark = Date.now().toString(36);
const heading = '缴费方类型,缴费方编号,费款所属期,单位缴费,个人缴费,滞纳金,入库日期,税票号码';

/** A file of receipts of one employer, 10.00 a line. */
function receipts(number, lines) {
  const total = `${lines.length * 10}.00`;
  return textFile(`${number}.csv`, [
    `批次号,${number},笔数,${lines.length},合计金额,${total}`,
    heading,
    ...lines,
  ]);
}

const paid = async () => fen(await page.locator('tr.total-row .amount').nth(1).innerText());

test('the month shows what is owed and paid', async () => {
  await page.getByRole('navigation', { name: '主导航' }).getByText('征缴', { exact: true }).click();
  await page.getByRole('heading', { name: /^\d{4}-\d{2} 征缴$/ }).waitFor();
  await page.locator('tr.total-row').waitFor();
  const [owed, got, unpaid] = (await page.locator('tr.total-row .amount').allInnerTexts()).map(fen);
  assert.ok(owed > 0n);
  assert.ok(got <= owed && unpaid <= owed);
});

test('a file with a bad line is told line by line and books nothing', async () => {
  const { rows } = await ask(page, '/api/v1/employers');
  const before = await paid();
  const month = (await page.locator('.page-head h1').innerText()).slice(0, 7);
  const lines = [
    `单位,${rows[0].no},${month},5.00,5.00,,${month}-10,A${mark}`,
    `单位,${rows[0].no},${month},十元,,,${month}-10,B${mark}`,
  ];
  await page.locator('input[type=file]').setInputFiles(receipts(`X${mark}`, lines));
  await page.getByRole('button', { name: '只入账能读取的行' }).waitFor();
  assert.ok((await page.getByRole('cell', { name: /十元/ }).count()) > 0);
  await page.reload();
  await page.locator('tr.total-row').waitFor();
  assert.equal(await paid(), before);
});

test('a good file is tried, then booked once', async () => {
  const { rows } = await ask(page, '/api/v1/employers');
  const before = await paid();
  const month = (await page.locator('.page-head h1').innerText()).slice(0, 7);
  const line = `单位,${rows[1].no},${month},5.00,5.00,,${month}-10,C${mark}`;
  const file = receipts(`Y${mark}`, [line]);
  await page.locator('input[type=file]').setInputFiles(file);
  const book = page.getByRole('button', { name: '入账', exact: true }).first();
  await page.locator('.ant-alert').waitFor();
  assert.equal(await paid(), before, 'the dry run books nothing');
  await book.click();
  await page.locator('.ant-alert-success').waitFor();
  await page.getByRole('cell', { name: `Y${mark}`, exact: true }).waitFor();
  await page.locator('input[type=file]').setInputFiles(file);
  await page.locator('.ant-alert-success').waitFor({ state: 'detached' });
  const { files } = await ask(page, `/api/v1/contributions/months/${month}`);
  assert.equal(files.filter((one) => one.number === `Y${mark}`).length, 1);
});
