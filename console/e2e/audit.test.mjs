import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, base, choose, enterRoom, fen, pageFor, signInAs } from './browser.mjs';
import { keysOf, picture } from './doubts.mjs';

const page = await pageFor('clerk');
let doubt;

const { rows, chosen, gone, openByKeys, dialogReady, begin, closed } = keysOf(page);
const caseOf = (id) => ask(page, `/api/v1/audit/doubts/${id}`);
const doubtsOf = async (query) => (await ask(page, `/api/v1/audit/doubts?limit=200&${query}`)).rows;
const card = (title) => page.locator('.ant-card .ant-card', { hasText: title });
const agree = () =>
  page
    .getByRole('tooltip')
    .getByRole('button', { name: /确\s*定/ })
    .click();

async function workAs(role) {
  await page.goto('/');
  await page.getByRole('button', { name: '退出登录' }).click();
  await signInAs(page, role);
}

test('doubts stand in groups by rule and institution with their sums', async () => {
  await enterRoom(page, '疑点审核');
  await page.keyboard.press('g');
  await rows().first().waitFor();
  const { counts } = await ask(page, '/api/v1/audit/doubts?state=proposed,first_review&limit=1');
  const sum = counts.reduce((total, one) => total + fen(one.amount), 0n);
  assert.equal(fen(await page.locator('.total-row .amount').innerText()), sum);
  await page.keyboard.press('j');
  const [rule] = (await chosen().getAttribute('data-row-key')).split('|');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**rule=${rule}**`);
});

test('one doubt shows its lines, its rule, its knowledge and the visits around it', async () => {
  const { accounts } = await (await fetch(new URL('/sandbox/fixtures', base))).json();
  const { fixmedins_code: place } = accounts.find((one) => one.role === 'hospital');
  [doubt] = await doubtsOf(`state=proposed&rule=P003&institution=${place}`);
  await page.goto('/audit?rule=P003');
  await openByKeys(doubt.id);
  await page.locator('tr.evidence-differs', { hasText: '本疑点' }).waitFor();
  const { rule, knowledge, timeline } = await caseOf(doubt.id);
  await page.getByText(rule.clause).waitFor();
  await card('知识条目').getByText('演示条目').waitFor();
  await card('知识条目').getByText(knowledge).waitFor();
  assert.equal(await page.locator('.timeline-this').count(), 1);
  assert.equal(await page.locator('.timeline-this, .timeline-visit').count(), timeline.length);
});

test('the clerk notifies the institution by a key', async () => {
  await begin('1', '通知机构');
  await page.keyboard.press('Enter');
  await gone(doubt.id);
  const { doubt: now } = await caseOf(doubt.id);
  assert.equal(now.state, 'published');
  doubt = now;
});

test('the institution sees its own alone, receives the notice and states its case', async () => {
  await workAs('hospital');
  const { institution } = await ask(page, '/api/v1/session');
  const own = await doubtsOf('');
  assert.ok(own.every((one) => one.institution === institution && one.notice !== ''));
  assert.equal((await page.request.get('/api/v1/people')).status(), 403);
  await page.goto('/people');
  await page.waitForURL('**/inbox');
  const notice = page.locator('tr', { has: page.getByText(doubt.notice, { exact: true }) });
  await notice.getByRole('button', { name: '签收' }).click();
  await notice.getByRole('button', { name: '签收' }).waitFor({ state: 'detached' });
  await notice.getByRole('button', { name: doubt.notice }).click();
  await page.locator('h1').click();
  await openByKeys(doubt.id);
  await begin('2', '申诉');
  await page.keyboard.press('Enter');
  await page.getByText('请写明理由').waitFor();
  await page.keyboard.type('抢救用药，病程记录附后');
  const file = { name: '病程记录.png', mimeType: 'image/png', buffer: picture };
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
  await page.getByRole('dialog').getByText('病程记录.png').waitFor();
  await page.getByLabel('申诉理由和说明').press('Enter');
  await closed();
  await gone(doubt.id);
  const { doubt: now, attachments } = await caseOf(doubt.id);
  assert.equal(now.state, 'appealed');
  assert.deepEqual(
    attachments.map((one) => [one.name, one.side]),
    [['病程记录.png', 'institution']],
  );
});

test('who reviewed first is told that another person has to decide', async () => {
  await workAs('clerk');
  await page.goto(`/audit/doubts/${doubt.id}`);
  await page.getByText(/换人办理/).waitFor();
  assert.ok(await page.getByRole('button', { name: /^复审确认/ }).isDisabled());
});

test('a second person reads the attachment and confirms a part', async () => {
  await workAs('auditor');
  await page.goto('/audit?desk=second');
  await openByKeys(doubt.id);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '病程记录.png' }).click();
  const parts = [];
  for await (const part of await (await download).createReadStream()) parts.push(part);
  assert.deepEqual(Buffer.concat(parts), picture);
  await page.locator('h1').click();
  await begin('1', '复审确认');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('300.00');
  await page.getByLabel(/^意见/).fill('部分天数有医嘱');
  await page.keyboard.press('Enter');
  await closed();
  const { doubt: now, steps } = await caseOf(doubt.id);
  assert.deepEqual([now.state, now.confirmed], ['confirmed', '300.00']);
  assert.notEqual(steps.at(-1).by, steps.find((one) => one.verb === '通知机构').by);
});

test('the confirmed doubt becomes a line of the month’s statement', async () => {
  await workAs('clerk');
  await page.goto('/audit?desk=money');
  await openByKeys(doubt.id);
  await begin('1', '列入清算扣减');
  await page.keyboard.press('Enter');
  await gone(doubt.id);
  await page.goto(`/audit/doubts/${doubt.id}`);
  await page
    .getByText(/等待 .* 起的清算单列入/)
    .first()
    .waitFor();
  const { money } = await caseOf(doubt.id);
  const month = money[0].first_month;
  await page.goto(`/clearing/${month}`);
  for (const name of ['生成草稿', '发布']) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await agree();
    await page.locator('.month-done').waitFor();
    await page.goto(`/clearing/${month}`);
  }
  const taken = (await caseOf(doubt.id)).money;
  assert.ok(taken.every((one) => one.statement !== '' && one.month === month));
  const sum = taken.reduce((total, one) => total + fen(one.amount), 0n);
  assert.equal(sum, -30_000n);
});

test('the statement shows the deduction with its transfer once it is approved', async () => {
  const { money } = await caseOf(doubt.id);
  for (const { statement } of money) {
    await page.goto(`/clearing/statements/${statement}`);
    await page.getByRole('button', { name: /^机构确认/ }).click();
    await agree();
    await page.locator('.figures').getByText('已确认').waitFor();
  }
  await workAs('auditor');
  for (const { statement, amount } of money) {
    await page.goto(`/clearing/statements/${statement}`);
    await page.getByRole('button', { name: /^审批/ }).click();
    await agree();
    await page.locator('.figures').getByText('已审批').waitFor();
    const line = page.locator('tr', { has: page.getByText(`疑点 ${doubt.id}`) });
    assert.equal(await line.locator('td:last-child .amount').innerText(), amount);
    await line.getByText(new RegExp(`SP${statement}#\\d+`)).waitFor();
    await line.getByRole('link', { name: `疑点 ${doubt.id}` }).click();
    await page.waitForURL(`**/audit/doubts/${doubt.id}`);
    await page.getByText(new RegExp(`SP${statement}#\\d+`)).waitFor();
  }
  const booked = (await caseOf(doubt.id)).money;
  const sum = booked.reduce((total, one) => total + fen(one.transfer.amount), 0n);
  assert.equal(sum, 30_000n, 'every deducted yuan has its transfer');
});

test('a deduction is given back by a new adjustment, with a reason', async () => {
  await page.goto(`/audit/doubts/${doubt.id}`);
  await page.getByRole('button', { name: /^退还扣款/ }).waitFor();
  await begin('1', '退还扣款');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('100.00');
  await page.keyboard.press('Enter');
  await page.getByText('请写明理由').waitFor();
  await page.getByLabel('理由', { exact: true }).fill('复议成立');
  await page.keyboard.press('Enter');
  await closed();
  await page.getByText('审核扣款退还').first().waitFor();
  const { doubt: now, money } = await caseOf(doubt.id);
  assert.deepEqual([now.state, now.released], ['deducted', '100.00']);
  const back = money.filter((one) => fen(one.amount) > 0n);
  assert.equal(
    back.reduce((total, one) => total + fen(one.amount), 0n),
    10_000n,
  );
});

test('many doubts are ticked and notified by keys alone', async () => {
  await workAs('clerk');
  const some = await doubtsOf('state=proposed&rule=P003');
  assert.ok(some.length > 1, 'the demo has several');
  await page.goto('/audit?rule=P003');
  await rows().first().waitFor();
  for (const _ of some) {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
  }
  await page.keyboard.press('b');
  await page.getByText(`勾选的 ${some.length} 条`).waitFor();
  await dialogReady();
  await page.keyboard.press('Enter');
  await page.getByText(`办成 ${some.length} 条`).waitFor();
  for (const { id } of some) assert.equal((await caseOf(id)).doubt.state, 'published');
});

test('a sample is decided one by one before the rest may be decided together', async () => {
  await page.goto('/audit/samples');
  const all = await doubtsOf('state=first_review&rule=M006');
  const of = (place) => all.filter((one) => one.institution === place).length;
  const { institution } = all.find((one) => of(one.institution) > 1);
  const count = of(institution);
  await choose(page, '规则和机构', `｜${count} 条`);
  await page.getByLabel('抽几条').fill('1');
  await page.getByRole('button', { name: /抽\s*样$/ }).click();
  await page.waitForURL('**/audit/samples/CY*');
  const rest = page.getByRole('button', { name: /^批量办理其余/ });
  await page.getByText('还有 1 条样本没有办理').waitFor();
  assert.ok(await rest.isDisabled());
  const id = await rows().first().getAttribute('data-row-key');
  await openByKeys(id);
  await begin('2', '认定不成立');
  await page.keyboard.type('病程记录支持');
  await page.keyboard.press('Enter');
  await page.getByText('样本已经办完').waitFor();
  await closed();
  await page.keyboard.press('b');
  await page.getByText(`符合条件的全部 ${count - 1} 条`).waitFor();
  await dialogReady();
  await page.keyboard.press('Enter');
  await page.getByText(`办成 ${count - 1} 条`).waitFor();
});

test('rules show what they are worth, the audit what it covered', async () => {
  await page.goto('/audit/quality');
  const board = await ask(page, '/api/v1/audit/quality');
  for (const { rule, hits } of board) {
    const row = page.locator(`tr[data-row-key="${rule}"]`);
    assert.ok((await row.innerText()).includes(String(hits)));
    assert.equal(await row.locator('.trend').count(), 1);
  }
  await page.goto('/audit/coverage');
  const covered = await ask(page, '/api/v1/audit/coverage');
  const says = await page.locator('.coverage-says').innerText();
  for (const one of [
    `智能审核规则${covered.rules}条`,
    `智能审核扣款${covered.deducted}元`,
    `审核单据${covered.bills}张`,
    `发现违规单据${covered.bills_touched}张`,
    `审核明细${covered.lines}条`,
    `发现违规明细${covered.lines_flagged}条`,
  ]) {
    assert.ok(says.replaceAll(',', '').includes(one), `${one}: ${says}`);
  }
  const shown = page.locator('.ant-card', { hasText: '分规则' }).locator('tr[data-row-key]');
  assert.equal(await shown.count(), covered.by_rule.length);
});
