using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>Two people give back more of a debit than one may ($200.00), over HTTP.</summary>
public sealed class RefundApprovalHttpTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Refunds = "api/accounts/A-1/debits/A-1-1-0001/refunds";
    private AppHost app = null!;

    private long GivenBack => app.Sandbox.Control.Ledger("debit_id").Totals.RefundedCents;

    public async ValueTask InitializeAsync()
    {
        app = await AppHost.StartAsync(azurite, "2020-01-21T08:01");
        await app.ImportAsync("accounts", Csv.Accounts("A-1"));
        await app.ImportAsync("bills", Csv.Bills(("B-1", "A-1", "412.00")));
        app.MoveTo("2020-01-22T07:00");
        await app.TickAsync();
        app.MoveTo("2020-01-29T08:00");
        await Eventually.HoldsAsync("the debit is collected", async () => (await DebitStateAsync()) == "collected");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_refund_over_the_limit_goes_out_once_when_another_person_has_agreed()
    {
        var asked = await AskAsync("RF-1", 20_001);
        var repeated = await AskAsync("RF-1", 20_001);
        await app.TickAsync();
        Assert.Equal((202, 202, 0L), (asked.Status, repeated.Status, GivenBack));
        Assert.Equal(IdOf(asked), IdOf(repeated));

        Assert.Equal(403, (await ApproveAsync(asked, "approver")).Status);
        Assert.Equal(200, (await ApproveAsync(asked, "bob")).Status);
        Assert.Equal(409, (await ApproveAsync(asked, "bob")).Status);
        await app.TickAsync();
        await app.TickAsync();

        var again = await AskAsync("RF-1", 20_001);
        Assert.Equal((200, false), (again.Status, again["changed"].GetBoolean()));
        Assert.Equal((20_001L, 1), (GivenBack, await CountAsync()));
        Assert.Equal(
            "Refund RF-1 of debit A-1-1-0001 is requested",
            (await app.GetAsync("api/approvals"))["items"][0].GetProperty("outcome").GetString()
        );
    }

    [Fact]
    public async Task Small_refunds_do_not_go_round_the_limit()
    {
        var small = await AskAsync("RF-1", 20_000);
        var one = await AskAsync("RF-2", 1);
        await app.TickAsync();

        Assert.Equal((200, 202, 20_000L), (small.Status, one.Status, GivenBack));
        Assert.Contains(
            "With it $200.01 of that debit is given back",
            one["approval"].GetProperty("shown").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_reversal_over_the_limit_waits_and_a_no_ends_it()
    {
        var asked = await app.PostAsync(
            Refunds,
            """{"id":"RF-1","kind":"reversal","reason":"Charged twice"}""",
            "approver"
        );
        Assert.Contains("$412.00", asked["approval"].GetProperty("shown").GetString(), StringComparison.Ordinal);

        var no = await app.PostAsync($"api/approvals/{IdOf(asked)}/reject", """{"reason":"It was not"}""", "bob");
        Assert.Equal((200, 409), (no.Status, (await ApproveAsync(asked, "cem")).Status));
        await app.TickAsync();

        Assert.Equal((0L, 0), (GivenBack, await CountAsync()));
    }

    [Fact]
    public async Task What_a_dead_run_has_approved_is_requested_by_the_sweep_once()
    {
        var asked = await AskAsync("RF-1", 30_000);
        await AgreeAndDieAsync(asked);
        Assert.Equal(0, await CountAsync());

        await app.TickAsync();
        await app.TickAsync();

        Assert.Equal((30_000L, 1), (GivenBack, await CountAsync()));
        var controls = await app.Services.GetRequiredService<IControlsStore>().LoadAsync(CancellationToken.None);
        Assert.DoesNotContain(controls.Controls.Approvals, approval => approval.IsToDo);
    }

    [Fact]
    public async Task What_the_rules_refuse_after_the_yes_is_on_the_list_and_not_tried_again()
    {
        var asked = await AskAsync("RF-1", 30_000);
        await AgreeAndDieAsync(asked);
        Assert.Equal(200, (await AskAsync("RF-2", 15_000)).Status);

        await app.TickAsync();
        await app.TickAsync();

        var item = (await app.GetAsync("api/stuck"))["items"]
            .EnumerateArray()
            .Single(it => it.GetProperty("kind").GetString() == "refund failed");
        Assert.Equal(IdOf(asked), item.GetProperty("id").GetString());
        Assert.Equal((15_000L, 1), (GivenBack, await CountAsync()));
        Assert.StartsWith(
            "Nothing was given back: 300.00 cannot be given back",
            (await app.GetAsync("api/approvals"))["items"][0].GetProperty("outcome").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_yes_to_a_debit_of_which_more_is_gone_by_now_is_refused()
    {
        var asked = await AskAsync("RF-1", 25_000);
        Assert.Equal(200, (await AskAsync("RF-2", 10_000)).Status);

        var yes = await ApproveAsync(asked, "bob");

        Assert.Equal(409, yes.Status);
        Assert.StartsWith("What you were shown is not so any more", yes.Detail, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_the_rules_refuse_is_not_asked_of_a_second_person()
    {
        var before = await app.DigestAsync();

        Assert.Equal(409, (await AskAsync("RF-1", 41_201)).Status);
        Assert.Equal(
            404,
            (
                await app.PostAsync(
                    "api/accounts/A-9/debits/A-9-1-0001/refunds",
                    """{"id":"RF-1","kind":"refund","amountCents":30000,"reason":"x"}"""
                )
            ).Status
        );

        Assert.Equal(before, await app.DigestAsync());
    }

    private Task<Answer> AskAsync(string id, long cents) =>
        app.PostAsync(
            Refunds,
            $$"""{"id":"{{id}}","kind":"refund","amountCents":{{cents}},"reason":"Estimated reading"}""",
            "approver"
        );

    // The yes is in the controls, and whoever wrote it comes no further.
    private Task AgreeAndDieAsync(Answer asked) =>
        app
            .Services.GetRequiredService<ChangeControls>()
            .RunAsync(
                new ApprovalGiven(IdOf(asked), HashOf(asked)),
                new Authority("bob", "I agree", app.Clock.GetUtcNow()),
                CancellationToken.None
            );

    private Task<Answer> ApproveAsync(Answer asked, string user) =>
        app.PostAsync(
            $"api/approvals/{IdOf(asked)}/approve",
            $$"""{"hash":"{{HashOf(asked)}}","reason":"I agree"}""",
            user
        );

    private async Task<int> CountAsync() =>
        (await app.GetAsync("api/accounts/A-1"))["debits"][0].GetProperty("refunds").GetArrayLength();

    private async Task<string?> DebitStateAsync() =>
        (await app.GetAsync("api/accounts/A-1"))["debits"][0].GetProperty("state").GetString();

    private static string IdOf(Answer asked) => asked["approval"].GetProperty("id").GetString()!;

    private static string HashOf(Answer asked) => asked["approval"].GetProperty("hash").GetString()!;
}
