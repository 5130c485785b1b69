import { readFile } from 'node:fs/promises';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { demoAccount, openPage, signIn } from './browser.mjs';

const page = await openPage();

test('a wrong password is refused in Chinese and stays on the page', async () => {
  const { user } = await demoAccount();
  await page.goto('/people');
  await page.getByLabel('用户名').fill(user);
  await page.getByLabel('口令').fill('wrong');
  await page.getByRole('button', { name: '登录' }).click();
  assert.match(await page.locator('.failure').innerText(), /\p{Script=Han}/u);
  assert.equal(await page.getByLabel('口令').isVisible(), true);
});

test('signing in shows today at a glance', async () => {
  await signIn(page);
  for (const label of ['结算笔数', '就诊人数', '医疗费总额（元）', '基金支付（元）']) {
    await page.getByText(label, { exact: true }).waitFor();
  }
  await page.locator('.chart svg').waitFor();
});

test('the session is out of reach of scripts', async () => {
  assert.equal(await page.evaluate(() => document.cookie), '');
  const cookies = await page.context().cookies();
  assert.ok(cookies.length > 0 && cookies.every((cookie) => cookie.httpOnly));
  assert.ok(cookies.every((cookie) => cookie.sameSite === 'Strict'));
});

test('no page has a serious accessibility fault', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
  const rooms = [
    '/',
    '/settlement',
    '/people',
    '/employers',
    '/contributions',
    '/policy',
    '/trial',
  ];
  const lists = ['/difficulty', '/difficulty/lapses', '/watch', '/cleaning', '/cleaning/runs'];
  const audit = ['', '?view=groups', '/samples', '/quality', '/coverage', '/notices', '/runs'];
  const doubts = audit.map((rest) => `/audit${rest}`);
  for (const path of [...rooms, ...lists, ...doubts, '/filings', '/inbox']) {
    await page.goto(path);
    await page.locator('.page-head h1').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    const serious = violations.filter((one) => ['serious', 'critical'].includes(one.impact));
    const told = serious.map((one) => `${one.id}: ${one.nodes.map((n) => n.html).slice(0, 3)}`);
    assert.deepEqual(told, [], path);
  }
});

test('an unknown address says so', async () => {
  await page.goto('/nowhere');
  await page.getByText('没有这个页面').waitFor();
});

test('signing out closes every page', async () => {
  await page.goto('/people');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByLabel('用户名').waitFor();
  await page.goto('/settlement');
  await page.getByLabel('用户名').waitFor();
});
