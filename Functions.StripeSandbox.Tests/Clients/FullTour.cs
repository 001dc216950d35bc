using System.Text.Json.Nodes;
using Autopay.StripeSandbox;
using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.StripeSandbox.Tests.Webhooks;
using Autopay.Tests.Fixtures;
using Stripe;

namespace Autopay.StripeSandbox.Tests.Clients;

/// <summary>Every endpoint and every state once, with everything that came back.</summary>
internal sealed class FullTour : IAsyncDisposable
{
    private readonly BodyRecorder recorder = new();
    private TestStripe stripe = null!;
    private WebhookReceiver receiver = null!;

    public IReadOnlyList<(string Source, JsonObject Body)> Bodies =>
        [
            .. recorder.Bodies,
            .. receiver.Received.Select(delivery => ("a delivered webhook", JsonNode.Parse(delivery.Body)!.AsObject())),
        ];

    public static async Task<FullTour> TakeAsync()
    {
        var tour = new FullTour { receiver = await WebhookReceiver.StartAsync() };
        tour.stripe = await TestStripe.StartAsync(
            FrozenSandbox.Options with
            {
                Webhooks = [new WebhookTarget(tour.receiver.Url, ["whsec_tour"])],
            },
            tour.recorder
        );
        await tour.PaymentsAsync();
        await tour.MoneyBackAsync();
        await tour.AccountsAsync();
        await tour.RefusalsAsync();
        await tour.ListsAsync();
        return tour;
    }

    public async ValueTask DisposeAsync()
    {
        await stripe.DisposeAsync();
        await receiver.DisposeAsync();
        recorder.Dispose();
    }

    private async Task PaymentsAsync()
    {
        string[] methods =
        [
            "pm_usBankAccount_success",
            "pm_usBankAccount_accountClosed",
            "pm_usBankAccount_noAccount",
            "pm_usBankAccount_insufficientFunds",
            "pm_usBankAccount_debitNotAuthorized",
            "pm_usBankAccount_dispute",
            "pm_usBankAccount_processing",
            "pm_usBankAccount_requiresMicrodeposits",
            "pm_card_visa",
        ];
        foreach (var method in methods)
        {
            await ReadAsync(await stripe.ChargeAsync(method, debit: method));
        }
        var authenticate = await stripe.CreateAsync("pm_card_authenticationRequired");
        await stripe.V1.PaymentIntents.ConfirmAsync(
            authenticate.Id,
            new PaymentIntentConfirmOptions { ReturnUrl = "https://example.com" }
        );
        await stripe.V1.PaymentIntents.CancelAsync(authenticate.Id);
        await stripe.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 700,
                Currency = "usd",
                Description = "Dynamic",
            }
        );
        stripe.Control.AdvanceBy(TimeSpan.FromDays(20));
        foreach (
            var intent in (await stripe.V1.PaymentIntents.ListAsync(new PaymentIntentListOptions { Limit = 100 })).Data
        )
        {
            await ReadAsync(intent);
        }
    }

    private async Task ReadAsync(PaymentIntent intent)
    {
        await stripe.V1.PaymentIntents.GetAsync(
            intent.Id,
            new PaymentIntentGetOptions { Expand = ["latest_charge.balance_transaction", "payment_method", "customer"] }
        );
        if (intent.LatestChargeId is { } charge)
        {
            var read = await stripe.V1.Charges.GetAsync(charge);
            await stripe.V1.Mandates.GetAsync(
                read.PaymentMethodDetails.UsBankAccount?.MandateId ?? (await AnyMandateAsync())
            );
        }
    }

    private async Task<string> AnyMandateAsync()
    {
        var charges = await stripe.V1.Charges.ListAsync(new ChargeListOptions { Limit = 100 });
        return charges
            .First(charge => charge.PaymentMethodDetails.UsBankAccount is not null)
            .PaymentMethodDetails.UsBankAccount.MandateId;
    }

    private async Task MoneyBackAsync()
    {
        var debit = await stripe.SettledAsync(debit: "refunded");
        var refund = await stripe.V1.Refunds.CreateAsync(
            new RefundCreateOptions { PaymentIntent = debit.Id, Amount = 100 }
        );
        var card = await stripe.ChargeAsync("pm_card_visa");
        await stripe.V1.Refunds.CreateAsync(new RefundCreateOptions { Charge = card.LatestChargeId });
        stripe.Control.AdvanceBy(TimeSpan.FromDays(10));
        await stripe.V1.Refunds.GetAsync(refund.Id);
        foreach (var won in (bool[])[true, false])
        {
            var dispute = stripe.Control.Dispute((await stripe.ChargeAsync("pm_card_visa")).Id);
            await stripe.V1.Disputes.GetAsync(dispute.Id);
            stripe.Control.CloseDispute(dispute.Id, won);
            await stripe.V1.Disputes.GetAsync(dispute.Id);
        }
    }

    private async Task AccountsAsync()
    {
        var customer = await stripe.V1.Customers.CreateAsync(
            new CustomerCreateOptions
            {
                Name = "A resident",
                Metadata = new() { ["account_id"] = "A1" },
            }
        );
        await stripe.V1.Customers.GetAsync(customer.Id);
        foreach (var method in (string[])["pm_usBankAccount_accountClosed", "pm_card_visa"])
        {
            var attached = await stripe.V1.PaymentMethods.AttachAsync(
                method,
                new PaymentMethodAttachOptions { Customer = customer.Id }
            );
            await stripe.SettledOrPaidAsync(attached, customer.Id);
            await stripe.V1.PaymentMethods.GetAsync(attached.Id);
        }
        await stripe.V1.PaymentMethods.ListAsync(new PaymentMethodListOptions { Customer = customer.Id });
    }

    private async Task RefusalsAsync()
    {
        var declined = await stripe.CreateAsync("pm_card_chargeDeclined");
        await Record.ExceptionAsync(() => stripe.ConfirmAsync(declined.Id));
        await Record.ExceptionAsync(() => stripe.V1.PaymentIntents.GetAsync("pi_unknown123456"));
        await stripe.PostAsync("/v1/payment_intents", "amount=10&currency=usd");
        var done = await stripe.SettledAsync(debit: "done");
        await Record.ExceptionAsync(() => stripe.V1.PaymentIntents.CancelAsync(done.Id));
        await stripe.PostAsync("/v1/nonsense", "");
    }

    private async Task ListsAsync()
    {
        await stripe.V1.Charges.ListAsync();
        await stripe.V1.Refunds.ListAsync();
        await stripe.V1.Disputes.ListAsync();
        stripe.Control.PayOut();
        await stripe.V1.Payouts.GetAsync((await stripe.V1.Payouts.ListAsync()).First().Id);
        await stripe.V1.BalanceTransactions.GetAsync((await stripe.V1.BalanceTransactions.ListAsync()).First().Id);
        var events = await stripe.V1.Events.ListAsync(new EventListOptions { Limit = 100 });
        await stripe.V1.Events.GetAsync(events.First().Id);
        await stripe.Control.FlushAsync();
        await Eventually.HoldsAsync("all webhooks arrive", () => stripe.Control.Webhooks.Waiting == 0);
    }

    /// <summary>Keeps what passes.</summary>
    private sealed class BodyRecorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<(string Source, JsonObject Body)> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            Bodies.Add(($"{request.Method} {request.RequestUri!.AbsolutePath} {(int)response.StatusCode}", body));
            return response;
        }
    }
}
