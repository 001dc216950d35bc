// The official npm client judges a delivery: {body, signature, secrets, wrong} comes in on standard input.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import Stripe from 'stripe';

const { body, signature, secrets, wrong } = JSON.parse(await text(process.stdin));
const stripe = new Stripe('sk_test_autopay');
for (const secret of secrets) {
  console.log(stripe.webhooks.constructEvent(body, signature, secret).type);
}
assert.throws(() => stripe.webhooks.constructEvent(body, signature, wrong), Stripe.errors.StripeSignatureVerificationError);
