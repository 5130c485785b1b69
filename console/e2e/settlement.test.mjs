import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertReceiptBalances, enterRoom, pageFor } from './browser.mjs';

const page = await pageFor();

const rows = () => page.locator('tr.row-opens');

test('the live list fills by itself', async () => {
  await enterRoom(page, '结算');
  await rows().first().waitFor({ timeout: 60_000 });
  assert.equal(await page.getByText('实时', { exact: true }).count(), 1);
  const seen = await rows().first().getAttribute('data-row-key');
  await page.waitForFunction(
    (first) => document.querySelector('tr.row-opens')?.getAttribute('data-row-key') !== first,
    seen,
    { timeout: 60_000 },
  );
});

test('search finds the bills of one person', async () => {
  const name = await rows().first().locator('a[href^="/people/"]').innerText();
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('text') === name);
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll('tr.row-opens')];
    return found.length > 0 && found.every((row) => row.textContent.includes(wanted));
  }, name);
});

test('a search without result says so', async () => {
  await page.goto('/settlement?text=没有这样的名字');
  await page.getByText('没有符合条件的结算').waitFor();
  await page.getByRole('button', { name: '清除条件' }).click();
  await rows().first().waitFor();
});

test('a filter keeps only its own', async () => {
  await page.goto('/settlement?scheme=resident');
  await rows().first().waitFor();
  const schemes = await page.locator('tr.row-opens td:nth-child(6)').allInnerTexts();
  assert.ok(
    schemes.every((scheme) => scheme.includes('居民')),
    schemes.join(),
  );
});

test('arrows and Enter open a bill, and its receipt balances', async () => {
  await page.goto('/settlement?status=settled');
  await rows().first().waitFor();
  await page.getByRole('switch', { name: '实时刷新' }).click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const chosen = await page.locator('tr.row-chosen').getAttribute('data-row-key');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/settlement/${chosen}`);
  await page.getByRole('heading', { name: /医疗费用结算单/ }).waitFor();
  assert.ok((await page.locator('.receipt').innerText()).includes(chosen));
  const total = await assertReceiptBalances(page);
  assert.ok(total > 0n);
});

test('the trace tells every step and the law behind it', async () => {
  const steps = page.locator('.trace-step');
  const count = await steps.count();
  assert.ok(count >= 2, `${count} steps`);
  for (const sentence of await page.locator('.trace-body p').allInnerTexts()) {
    assert.match(sentence, /\p{Script=Han}/u);
  }
  const sources = await page.locator('.trace-parameter-source').allInnerTexts();
  assert.ok(sources.length > 0, 'some step names its source');
  for (const source of sources) assert.match(source, /\d{4}-\d{2}-\d{2} 起/);
});

test('print shows the sheet and hides the console', async () => {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.shell-nav').isVisible(), false);
  assert.equal(await page.locator('.side').isVisible(), false);
  assert.equal(await page.locator('.receipt').isVisible(), true);
  await page.emulateMedia({ media: 'screen' });
});

test('Esc goes back to the list as it was', async () => {
  await page.keyboard.press('Escape');
  await page.waitForURL('**/settlement?status=settled');
  await rows().first().waitFor();
});

test('an unknown bill is refused in Chinese', async () => {
  await page.goto('/settlement/000');
  const message = await page.locator('.failure').innerText();
  assert.match(message, /\p{Script=Han}/u);
});
