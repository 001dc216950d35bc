using System.Net;
using System.Text;
using Autopay.Application.Ports.Provider;
using Autopay.Payments;

namespace Autopay.Tests.App.Payments;

/// <summary>What Stripe calls the lines of a payout, in our words.</summary>
public sealed class PayoutLinesTests
{
    private static readonly DateOnly Arrives = new(2020, 2, 1);

    [Theory]
    [InlineData("charge", "charge", PayoutLineKind.Charge)]
    [InlineData("refund", "refund", PayoutLineKind.Refund)]
    [InlineData("refund_failure", "refund", PayoutLineKind.Refund)]
    [InlineData("dispute", "dispute", PayoutLineKind.Dispute)]
    [InlineData("dispute_reversal", "dispute", PayoutLineKind.Dispute)]
    [InlineData("other_adjustment", "charge", PayoutLineKind.Other)]
    public async Task A_line_is_of_the_kind_of_its_reporting_category(
        string category,
        string source,
        PayoutLineKind kind
    )
    {
        var payout = await ReadAsync(
            $$"""
            {"id":"txn_1","object":"balance_transaction","type":"adjustment","reporting_category":"{{category}}",
             "amount":1500,"fee":7,"source":{"id":"src_1","object":"{{source}}","payment_intent":"pi_1"} }
            """
        );

        Assert.Equal((1493L, Arrives), (payout.AmountCents, payout.ArrivesOn));
        Assert.Equal(new PayoutLine(kind, "src_1", "pi_1", 1500, 7), Assert.Single(payout.Lines));
    }

    [Fact]
    public async Task The_payout_itself_is_no_line_of_it() =>
        Assert.Empty(
            (
                await ReadAsync(
                    """
                    {"id":"txn_9","object":"balance_transaction","type":"payout","reporting_category":"payout",
                     "amount":-1493,"fee":0,"source":{"id":"po_1","object":"payout"} }
                    """
                )
            ).Lines
        );

    private static async Task<ProviderPayout> ReadAsync(string line)
    {
        using var http = new HttpClient(new OnePayout(line));
        await using var provider = new StripePaymentProvider(
            new StripeOptions { ApiKey = "sk_test_adapter", Environment = "test" },
            http,
            TimeProvider.System
        );
        return Assert.Single(
            await new StripePayoutRecords(provider).ReadPayoutsAsync(Arrives, Arrives, CancellationToken.None)
        );
    }

    private sealed class OnePayout(string line) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var item = request.RequestUri!.AbsolutePath.EndsWith("/payouts", StringComparison.Ordinal)
                ? $$"""
                    {"id":"po_1","object":"payout","amount":1493,"status":"paid",
                     "arrival_date":{{new DateTimeOffset(Arrives, default, default).ToUnixTimeSeconds()}}}
                    """
                : line;
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        $$"""{"object":"list","url":"/v1/lines","has_more":false,"data":[{{item}}] }""",
                        Encoding.UTF8,
                        "application/json"
                    ),
                }
            );
        }
    }
}
