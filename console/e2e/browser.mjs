/** One Chromium for a test file, and the small things every test does with a page. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium } from 'playwright-core';

/** The running system under test. */
export const base = process.env.TONGCHOU_URL ?? process.env.CONSOLE_URL;
assert.ok(base, 'set TONGCHOU_URL to the address of a running `tongchou demo`');

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM ?? known.find((path) => existsSync(path));

/** Opens a browser whose pages may speak to the system under test and to nothing else. */
async function openBrowser() {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const context = await browser.newContext({
    baseURL: base,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
  });
  const faults = [];
  const host = new URL(base).host;
  context.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.host === host || ['data:', 'blob:'].includes(url.protocol);
    if (!local) faults.push(`request to ${request.url()}`);
  });
  context.on('weberror', (error) => faults.push(`page error: ${error.error().message}`));
  context.on('console', (message) => {
    const answered = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !answered) faults.push(`console: ${message.text()}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`);
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { browser, page, faults };
}

/**
 * The page of a test file. The browser closes when the file is through; faults that the page had by
 * then fail it.
 */
export async function openPage() {
  const { browser, page, faults } = await openBrowser();
  after(async () => {
    await browser.close();
    assert.deepEqual(faults, []);
  });
  return page;
}

/** The page of a test file, signed in as one of a role, or as the demo's first account. */
export async function pageFor(role) {
  const page = await openPage();
  await (role ? signInAs(page, role) : signIn(page));
  return page;
}

/** What the console's interface answers to the person signed in. */
export async function ask(page, path) {
  const answer = await page.request.get(path);
  assert.equal(answer.status(), 200, path);
  return answer.json();
}

/** The people that the demo's fixtures list, with their documents. */
export async function samplePeople() {
  const answer = await fetch(new URL('/sandbox/fixtures', base));
  return (await answer.json()).people;
}

/** A text file as a form takes it. */
export function textFile(name, lines) {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}

/** Waits until the list holds one row, the one of this key. */
export async function onlyRow(page, key) {
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll('tr.row-opens')];
    return found.length === 1 && found[0].dataset.rowKey === wanted;
  }, key);
}

/** Chooses an option of a drop-down list of a dialog or page by its text. */
export async function choose(page, label, option) {
  await page.getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

/** A user name and password that the demo offers. */
export async function demoAccount() {
  const answer = await fetch(new URL('/sandbox/fixtures', base));
  assert.equal(answer.status, 200, 'the demo lists its accounts');
  const { accounts } = await answer.json();
  assert.ok(accounts?.length > 0, 'the demo has an account');
  return accounts[0];
}

export async function signIn(page) {
  await enter(page, await demoAccount());
}

/** Signs in as one of a role, such as `auditor`. */
export async function signInAs(page, role) {
  const answer = await fetch(new URL('/sandbox/fixtures', base));
  const { accounts } = await answer.json();
  const account = accounts.find((one) => one.role === role);
  assert.ok(account, `the demo has an account of ${role}`);
  await enter(page, account);
}

async function enter(page, { user, password }) {
  await page.goto('/');
  await page.getByLabel('用户名').fill(user);
  await page.getByLabel('口令').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  // An institution's account lands in its inbox, everybody else on the first page.
  const landing = page.getByRole('heading', { name: /^首页$|疑点通知$/ });
  await landing.waitFor();
}

/** Follows a link of the main navigation. */
export async function enterRoom(page, name) {
  await page.getByRole('navigation', { name: '主导航' }).getByText(name, { exact: true }).click();
  await page.getByRole('heading', { name, exact: true }).waitFor();
}

/** An amount on the screen as whole fen. */
export function fen(text) {
  const plain = text.replaceAll(',', '').trim();
  assert.match(plain, /^-?\d+\.\d\d$/, `“${text}” is an amount with two decimals`);
  return BigInt(plain.replace('.', ''));
}

/** The amount in a row of the receipt or beside a label of its composition. */
export async function receiptAmount(page, label) {
  const row = page.locator('.receipt-payers tr, .receipt-composition > div', {
    has: page.getByText(label, { exact: true }),
  });
  return fen(await row.first().locator('.amount').innerText());
}

/** Asserts that what the payers pay is what the bill comes to. */
export async function assertReceiptBalances(page) {
  const total = await receiptAmount(page, '医疗费总额');
  const fund = await receiptAmount(page, '基金支付合计');
  const personal = await receiptAmount(page, '个人负担合计');
  const borne = await page.getByText('医疗机构负担', { exact: true }).count();
  const institution = borne > 0 ? await receiptAmount(page, '医疗机构负担') : 0n;
  assert.equal(fund + personal + institution, total, 'payers sum to the bill');
  return total;
}
