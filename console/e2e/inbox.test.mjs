import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, pageFor } from './browser.mjs';
import { keysOf, picture } from './doubts.mjs';

const page = await pageFor('hospital');
const { gone, openByKeys, dialogReady, begin, closed } = keysOf(page);
const { today } = await ask(page, '/api/v1/session');
const path = (id) => `/api/v1/audit/doubts/${id}`;
const caseOf = (id) => ask(page, path(id));
const dialog = () => page.getByRole('dialog');

/** A doubt that waits for the institution and that its term has passed, or has not. */
async function waiting({ late }) {
  const { rows } = await ask(page, '/api/v1/audit/doubts?limit=200&state=published');
  const found = rows.find((one) => one.due < today === late);
  assert.ok(found, `the demo has a notified doubt, late: ${late}`);
  return found;
}

/** Opens the statement against a doubt by keys, with its reason filled in. */
async function beginAppeal(id) {
  await page.goto('/inbox');
  await openByKeys(id);
  await begin('2', '申诉');
  await page.keyboard.type('病程记录支持');
}

const handIn = (name, buffer) =>
  dialog().locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer });
const send = () => page.getByLabel('申诉理由和说明').press('Enter');

test('after the term a statement is refused and says why; accepting is still open', async () => {
  const { id, due } = await waiting({ late: true });
  await page.goto('/inbox');
  await openByKeys(id);
  await page.getByText(`申诉、延期申诉：期限${due}已过`).waitFor();
  assert.ok(await page.getByRole('button', { name: /^申诉/ }).isDisabled());
  assert.ok(await page.getByRole('button', { name: /^接受/ }).isEnabled());
  await page.keyboard.press('2');
  await page.keyboard.press('1');
  await page.locator('.ant-modal-title', { hasText: /^接受：/ }).waitFor();
  await dialogReady();
  await page.keyboard.press('Escape');
  await closed();
});

test('the server refuses a late statement and its attachments by itself', async () => {
  const { id, due } = await waiting({ late: true });
  const data = { verb: 'appeal', text: '迟到的申诉' };
  const moved = await page.request.post(`${path(id)}/moves`, { data });
  assert.equal(moved.status(), 422);
  assert.match((await moved.json()).message, new RegExp(`期限${due}已过`));
  const file = { name: '病程记录.png', mimeType: 'image/png', buffer: picture };
  const attached = await page.request.post(`${path(id)}/attachments`, { multipart: { file } });
  assert.equal(attached.status(), 422);
  assert.match((await attached.json()).message, new RegExp(`期限${due}已过，不再收附件`));
  const { doubt, attachments } = await caseOf(id);
  assert.deepEqual([doubt.state, attachments], ['published', []]);
});

const refusedFiles = [
  ['病历.docx', Buffer.from('PK word'), '附件“病历.docx”不是PDF、PNG或JPEG文件'],
  ['检查单.png', Buffer.from('plain text'), '附件“检查单.png”不是PDF、PNG或JPEG文件'],
  ['影像.pdf', Buffer.alloc(6 * 1024 * 1024, '%PDF-1.4'), '附件“影像.pdf”超过5兆字节'],
];
for (const [name, bytes, why] of refusedFiles) {
  test(`an attachment that cannot be taken is refused by its name: ${name}`, async () => {
    const { id } = await waiting({ late: false });
    await beginAppeal(id);
    await handIn(name, bytes);
    await send();
    await dialog().getByText(why).waitFor();
    await page.keyboard.press('Escape');
    await closed();
    const { doubt, attachments } = await caseOf(id);
    assert.deepEqual([doubt.state, attachments], ['published', []]);
  });
}

test('work on all doubts waits until a move is chosen', async () => {
  await page.goto('/inbox');
  const { counts } = await ask(page, '/api/v1/audit/doubts?limit=1&state=published');
  const count = counts.reduce((sum, one) => sum + one.doubts, 0);
  await page.locator('tr.row-opens').first().waitFor();
  await page.keyboard.press('b');
  await dialog().getByText(`符合条件的全部 ${count} 条`).waitFor();
  await dialogReady();
  await page.keyboard.press('Enter');
  await dialog().getByText('请选择要办理的动作').waitFor();
  await page.keyboard.press('Escape');
  await closed();
  const after = await ask(page, '/api/v1/audit/doubts?limit=1&state=published');
  assert.deepEqual(after.counts, counts);
});

test('a statement against a doubt accepted meanwhile is refused in the dialog', async () => {
  const { id } = await waiting({ late: false });
  await beginAppeal(id);
  const data = { verb: 'accept' };
  assert.equal((await page.request.post(`${path(id)}/moves`, { data })).status(), 200);
  await send();
  const said = await dialog().locator('.failure').innerText();
  assert.match(said, /\p{Script=Han}/u);
  await page.keyboard.press('Escape');
  await closed();
  await gone(id);
  assert.equal((await caseOf(id)).doubt.state, 'confirmed');
});
