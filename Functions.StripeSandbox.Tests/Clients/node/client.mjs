// The official npm client, unmodified, against the sandbox: what it sends is understood, what it reads back makes sense to it.
import assert from 'node:assert/strict';
import Stripe from 'stripe';

const base = new URL(process.argv[2]);
const stripe = new Stripe('sk_test_autopay', {
  host: base.hostname, port: base.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false,
});

async function refused(call, type, code) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
    assert.equal(error.code, code);
    assert.match(error.requestId, /^req_/);
    return true;
  });
}

const control = (path, body) => fetch(new URL(`/_sandbox/${path}`, base), { method: 'POST', body: JSON.stringify(body) });

const debit = {
  amount: 4321, currency: 'usd', customer: 'cus_resident1', payment_method: 'pm_usBankAccount_success',
  allowed_payment_method_types: ['us_bank_account'], metadata: { debit_id: 'D1', attempt: '1' },
};
const created = await stripe.paymentIntents.create(debit, { idempotencyKey: 'pi-D1-1' });
assert.equal(created.status, 'requires_confirmation');
const replayed = await stripe.paymentIntents.create(debit, { idempotencyKey: 'pi-D1-1' });
assert.equal(replayed.id, created.id);
assert.equal(replayed.lastResponse.headers['idempotent-replayed'], 'true');
await refused(
  () => stripe.paymentIntents.create({ ...debit, amount: 1234 }, { idempotencyKey: 'pi-D1-1' }), Stripe.errors.StripeIdempotencyError, undefined);

const confirmed = await stripe.paymentIntents.confirm(created.id, { off_session: true }, { idempotencyKey: 'cf-D1-1' });
assert.equal(confirmed.status, 'processing');
await refused(() => stripe.paymentIntents.confirm(created.id), Stripe.errors.StripeInvalidRequestError, 'payment_intent_unexpected_state');
await refused(() => stripe.paymentIntents.cancel(created.id), Stripe.errors.StripeInvalidRequestError, 'payment_intent_unexpected_state');
await control('bank/answer', {});
const settled = await stripe.paymentIntents.retrieve(created.id, { expand: ['latest_charge'] });
assert.equal(settled.status, 'succeeded');
assert.equal(settled.latest_charge.payment_method_details.us_bank_account.bank_name, 'STRIPE TEST BANK');

const refund = await stripe.refunds.create({ payment_intent: created.id, amount: 321 });
assert.equal(refund.status, 'pending');
await refused(() => stripe.refunds.create({ payment_intent: created.id, amount: 4001 }), Stripe.errors.StripeInvalidRequestError, undefined);

const card = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', payment_method: 'pm_card_chargeDeclined' });
await refused(() => stripe.paymentIntents.confirm(card.id), Stripe.errors.StripeCardError, 'card_declined');
await refused(() => stripe.paymentIntents.retrieve('pi_unknown123456'), Stripe.errors.StripeInvalidRequestError, 'resource_missing');

const customer = await stripe.customers.create({ email: 'resident@example.com', metadata: { account_id: 'A1' } });
const attached = await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer: customer.id });
const methods = await stripe.paymentMethods.list({ customer: customer.id });
assert.deepEqual(methods.data.map((method) => method.id), [attached.id]);

const types = [];
for await (const event of stripe.events.list({ limit: 3 })) {
  types.push(event.type);
}
assert.ok(types.length > 10 && types.includes('refund.created') && types.at(-1) === 'payment_intent.created');
const window = await stripe.paymentIntents.list({ customer: 'cus_resident1', created: { gte: created.created, lte: created.created } });
assert.deepEqual(window.data.map((intent) => intent.id), [created.id]);
console.log(`as expected, ${Stripe.API_VERSION}`);
