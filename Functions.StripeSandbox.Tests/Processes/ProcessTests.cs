using Autopay.StripeSandbox.Tests.Fixtures;
using Autopay.StripeSandbox.Tests.Webhooks;
using Autopay.Tests.Fixtures;
using Stripe;
using File = System.IO.File;

namespace Autopay.StripeSandbox.Tests.Processes;

public sealed class ProcessTests : IDisposable
{
    private readonly string data = Path.Combine(Path.GetTempPath(), $"sandbox-{Guid.NewGuid():N}.jsonl");

    [Fact]
    public async Task A_killed_sandbox_starts_again_where_it_was()
    {
        string intentId;
        await using (var first = await SandboxProcess.StartAsync("--data", data, "--missing-mandate", "saved"))
        {
            var intent = await CreateAsync(first.Client, "pi-D1-1");
            await first.Client.V1.PaymentIntents.ConfirmAsync(intent.Id, null, TestStripe.Key("cf-D1-1"));
            await first.PostAsync("clock", """{"advanceBySeconds":1000}""");
            intentId = intent.Id;
            first.Kill();
        }

        await using var second = await SandboxProcess.StartAsync("--data", data, "--missing-mandate", "saved");
        var replayed = await CreateAsync(second.Client, "pi-D1-1");
        var found = await second.Client.V1.PaymentIntents.GetAsync(intentId);
        await second.PostAsync("clock", """{"advanceBySeconds":1000000}""");
        var settled = await second.Client.V1.PaymentIntents.GetAsync(intentId);
        var events = await second.Client.V1.Events.ListAsync();

        Assert.Equal((intentId, "requires_confirmation"), (replayed.Id, replayed.Status));
        Assert.Equal(("processing", "succeeded"), (found.Status, settled.Status));
        Assert.Equal(5, events.Count());
        Assert.Single(await second.Client.V1.Charges.ListAsync(new ChargeListOptions { PaymentIntent = intentId }));
    }

    [Fact]
    public async Task A_line_that_was_cut_by_the_kill_never_happened()
    {
        await using (var first = await TestStripe.StartAsync(FrozenSandbox.Options with { DataFile = data }))
        {
            await first.CreateAsync(debit: "whole");
            await first.PostAsync("/v1/customers", "", "cut");
        }
        await File.WriteAllBytesAsync(data, (await File.ReadAllBytesAsync(data))[..^20]);

        await using var second = await TestStripe.StartAsync(FrozenSandbox.Options with { DataFile = data });
        var (status, _, response) = await second.PostAsync("/v1/customers", "", "cut");

        Assert.Equal("whole", Assert.Single(await second.V1.PaymentIntents.ListAsync()).Metadata["debit_id"]);
        Assert.Equal((200, false), (status, response.Headers.Contains("Idempotent-Replayed")));
        Assert.Single(await second.V1.Events.ListAsync(new EventListOptions { Type = "customer.created" }));
    }

    [Fact]
    public async Task It_ends_when_its_parent_does()
    {
        await using var sandbox = await SandboxProcess.StartAsync("--exit-with-parent");

        sandbox.CloseInput();

        await Eventually.HoldsAsync("the orphan exits", () => sandbox.HasExited);
        Assert.Equal(0, sandbox.ExitCode);
    }

    [Fact]
    public async Task It_delivers_to_the_endpoint_on_its_command_line()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var sandbox = await SandboxProcess.StartAsync(
            "--webhook-url",
            receiver.Url.ToString(),
            "--webhook-secret",
            "whsec_a",
            "--webhook-secret",
            "whsec_b",
            "--time-zone",
            "Pacific/Auckland"
        );

        await CreateAsync(sandbox.Client, null);
        await Eventually.HoldsAsync("the event arrives", () => !receiver.Received.IsEmpty);
        var (body, signature) = receiver.Received.First();

        Assert.Equal("payment_intent.created", EventUtility.ConstructEvent(body, signature, "whsec_a").Type);
        Assert.Equal("payment_intent.created", EventUtility.ConstructEvent(body, signature, "whsec_b").Type);
    }

    [Fact]
    public async Task An_option_that_it_does_not_know_stops_it()
    {
        var problem = await Record.ExceptionAsync(() => SandboxProcess.StartAsync("--prot", "1234"));

        Assert.Contains("--prot", problem!.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(data);

    private static Task<PaymentIntent> CreateAsync(StripeClient client, string? key) =>
        client.V1.PaymentIntents.CreateAsync(
            new PaymentIntentCreateOptions
            {
                Amount = 5000,
                Currency = "usd",
                Customer = "cus_resident1",
                PaymentMethod = TestStripe.Pays,
            },
            TestStripe.Key(key)
        );
}
