import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, pageFor } from './browser.mjs';

const page = await pageFor('clerk');
const path = '/api/v1/audit/runs';
const start = () => page.getByRole('button', { name: /立即审核$/ });
const outcome = () => page.locator('.ant-alert-success');
const runOf = async (id) => (await ask(page, path)).find((run) => run.id === id);

/** The run that the page says it has done. */
async function told() {
  const says = await outcome().innerText();
  const [, id] = says.match(/批次 (\S+?)：/);
  return { says: says.replaceAll(',', ''), run: await runOf(id) };
}

/** Lets the next request for a run go only when the caller says so. */
async function holdRun() {
  let letGo;
  const told = new Promise((go) => (letGo = go));
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() === 'POST') await told;
    await route.continue();
  });
  return letGo;
}

async function enterDay(day) {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(day);
  await page.keyboard.press('Enter');
}

/** Runs the audit over October anew, whoever changed. */
async function runOctober() {
  await page.goto('/audit/runs');
  const year = (await ask(page, '/api/v1/session')).today.slice(0, 4);
  await page.locator('.ant-picker-range input').first().click();
  await enterDay(`${year}-10-01`);
  await page.locator('[date-range=end]:focus').waitFor();
  await enterDay(`${year}-10-31`);
  await page.getByText(/^重审全部人员/).click();
  await start().click();
  await outcome().waitFor();
  const { run } = await told();
  assert.deepEqual([run.from, run.to], [`${year}-10-01`, `${year}-10-31`]);
  return run;
}

test('a run is started, is seen at work, and tells what it read and found', async () => {
  await page.goto('/audit/runs');
  const letGo = await holdRun();
  await start().click();
  await page.getByText(/^正在审核/).waitFor();
  assert.ok(await page.locator('.ant-btn-loading').isVisible());
  letGo();
  await outcome().waitFor();
  const { says, run } = await told();
  for (const part of [`${run.rules} 条规则审核 ${run.people} 人`, `单据 ${run.bills} 张`]) {
    assert.ok(says.includes(part), `${part}: ${says}`);
  }
  const row = page.locator(`tr[data-row-key="${run.id}"]`);
  const cells = (await row.locator('td').allInnerTexts()).map((text) => text.replaceAll(',', ''));
  const counts = [run.rules, run.people, run.bills, run.lines, run.found, run.fresh, run.gone];
  assert.deepEqual(cells.slice(-7), counts.map(String));
  await row.getByRole('button', { name: '展开行' }).click();
  await page.getByText(run.rules_edition, { exact: true }).waitFor();
});

test('the same days audited again find the same and add nothing', async () => {
  const first = await runOctober();
  const again = await runOctober();
  assert.ok(first.people > 0);
  assert.deepEqual([again.found, again.fresh, again.gone], [first.found, 0, 0]);
});

test('what a run found waits in the work list', async () => {
  await outcome().getByRole('link', { name: '去办理疑点' }).click();
  await page.waitForURL('**/audit');
  await page.locator('tr.row-opens').first().waitFor();
});
