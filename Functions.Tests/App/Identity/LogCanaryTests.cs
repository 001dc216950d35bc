using Autopay.StripeSandbox.Faults;
using Autopay.Tests.App.EndToEnd;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.Logging;

namespace Autopay.Tests.App.Identity;

/// <summary>Whatever goes well or wrong, the log has no key, no secret, nobody's name and no account number.</summary>
public sealed class LogCanaryTests(AzuriteFixture azurite)
{
    private const string Account = "CANARY-77";
    private const string Person = "Kim Canary";
    private static readonly string[] Canaries =
    [
        Account,
        Person,
        "kim@canary.example",
        "cus_canary",
        "sk_test_",
        AppHost.WebhookSecret,
        AppHost.OldWebhookSecret,
        "AccountKey",
    ];

    [Fact]
    public async Task The_log_of_good_and_bad_days_names_nobody()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder => builder.Logging.AddProvider(log)
        );
        await GoodDayAsync(app);
        await BadDayAsync(app);

        Assert.Contains(log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.All(
            Canaries,
            canary =>
                Assert.DoesNotContain(log.Lines, line => line.Text.Contains(canary, StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public async Task N50_a_line_break_in_a_field_does_not_make_a_log_line()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder => builder.Logging.AddProvider(log)
        );

        Assert.Empty(
            await app.ChangedByAsync(async () =>
            {
                await app.PutAsync("api/halt", """{"halted":true,"reason":"x\r\n2026-01-01 INFO approved"}""");
                await app.PostAsync(
                    "api/accounts/x%0D%0A2026-01-01%20INFO%20approved/bills/b/skip",
                    """{"reason":"test"}"""
                );
                await app.UploadAsync("bills%0D%0A2026-01-01%20INFO%20approved", "x\r\n2026-01-01 INFO approved");
            })
        );

        Assert.DoesNotContain(
            log.Lines,
            line => line.Text.Contains("\n2026-01-01 INFO approved", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task N52_an_unhandled_failure_tells_the_caller_nothing_of_the_inside()
    {
        var log = new LogRecorder();
        await using var app = await AppHost.StartAsync(
            azurite,
            "2020-01-21T08:01",
            builder => builder.Logging.AddProvider(log)
        );
        await app.Storage.Table("controls").DeleteAsync();

        var answer = (
            await app.RefusesAsync(500, Refusing.Request("PUT", "api/halt", """{"halted":true,"reason":"test"}"""))
        )[0];

        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(" at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("controls", answer.Text, StringComparison.Ordinal);
        await log.HasAsync(LogLevel.Error, "Unhandled failure in PutHalt");
    }

    private static async Task GoodDayAsync(AppHost app)
    {
        await app.ImportAsync(
            "accounts",
            "account_id,cycle,service_area,autopay,provider_customer_id,payment_method_id,mandate_id,max_debit,email\n"
                + $"{Account},1,west,on,cus_canary,pm_usBankAccount_success,,,kim@canary.example\n"
        );
        await app.ImportAsync("bills", Csv.Bills(("B-77", Account, "41.20")));
        await app.PostAsync($"api/accounts/{Account}/bills/B-none/skip", $$"""{"reason":"{{Person}} called"}""");
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        Assert.Contains("submitted", (await app.GetAsync("api/cycles/1")).Text, StringComparison.Ordinal);
    }

    private static async Task BadDayAsync(AppHost app)
    {
        app.Sandbox.Control.AddFaults(
            new FaultRule
            {
                Kind = FaultKind.Error500Before,
                Match = new() { Path = "/v1/payment_intents/*" },
            }
        );
        await app.UploadAsync("accounts", $"{Account},{Person}\n");
        await app.UploadAsync("payments", Csv.Payments(("P-77", Account, "lots")));
        await app.GetAsync($"api/accounts/{Account}-none");
        await app.PostAsync("api/webhooks/stripe", $$"""{"account":"{{Account}}"}""");
        app.Sandbox.Control.AnswerNow();
        await app.IdleAsync();
    }
}
