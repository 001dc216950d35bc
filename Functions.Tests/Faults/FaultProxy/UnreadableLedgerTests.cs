using System.Text;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Reconciling;
using Autopay.Imports;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// A row that this version cannot read, spoilt or written by a newer version, stops nobody else and is never written
/// over.
/// </summary>
[Trait("Layer", "L5")]
public sealed class UnreadableLedgerTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    [Theory]
    [InlineData(1, "\"schema\":2,", "\"schema\":9,")]
    [InlineData(2, "\"schema\":2,", "\"schema\":2,\"futureFlag\":true,")]
    [InlineData(3, "\"schema\":2,", "\"schema\":2,,")]
    [InlineData(4, "\"lines\":[{", "\"lines\":[{\"futureAmount\":1,")]
    public async Task F29_F44_a_ledger_that_cannot_be_read_is_listed_and_the_others_of_its_bucket_are_charged(
        int bucket,
        string known,
        string unknown
    )
    {
        var accounts = App.Storage.Books.AccountsIn(new Bucket(bucket), 2);
        var (bad, good) = (await world.EnrolAsync(accounts[0]), await world.EnrolAsync(accounts[1]));
        var spoilt = await RewriteAsync(bad, known, unknown);

        await world.WalkAsync(good);

        await world.ThenChargedOnceAsync(good);
        Assert.Equal(bad.Value, (await ListedAsync(bad)).Content);
        Assert.Contains(
            $"I21: The ledger of account {bad} cannot be read",
            (await world.Verb<CheckInvariants>().RunAsync("test", CancellationToken.None)).Violations
        );
        Assert.False(await world.Verb<EvaluateBucket>().TryAccountAsync(bad, "again", CancellationToken.None));
        Assert.Equal(spoilt, await TextAsync(bad));

        await RewriteAsync(bad, unknown, known);
        Assert.True(await world.Verb<EvaluateBucket>().TryAccountAsync(bad, "again", CancellationToken.None));
        await world.ThenChargedOnceAsync(bad);
        Assert.False(
            await world
                .Verb<IStuckStore>()
                .ReadAllAsync(CancellationToken.None)
                .AnyAsync(item => item.Content == bad.Value)
        );
    }

    [Fact]
    public async Task F29_F44_an_import_leaves_out_an_account_that_cannot_be_read_and_applies_all_others()
    {
        var accounts = App.Storage.Books.AccountsIn(new Bucket(5), 3);
        var (bad, good) = (await world.EnrolAsync(accounts[0]), await world.EnrolAsync(accounts[1]));
        await RewriteAsync(bad, "\"schema\":2,", "\"schema\":9,");

        var record = await world.ImportAsync(
            ImportKind.Payments,
            $"P1,{bad},1.00,cash,W1,2020-01-20,",
            $"P2,{good},2.00,cash,W1,2020-01-20,",
            $"P3,{accounts[2]},3.00,cash,W1,2020-01-20,"
        );

        Assert.Equal(
            (ImportState.Done, 1, 1, 1),
            (record.State, record.Applied, record.Conflicts, record.UnknownAccounts)
        );
        Assert.Contains(
            "apply this import again",
            record.Findings.Single(finding => finding.Line == 2).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(bad.Value, (await ListedAsync(bad)).Content);
        Assert.Equal(
            ["P3"],
            await world
                .Verb<ISuspenseStore>()
                .ReadAllAsync(CancellationToken.None)
                .Select(waiting => waiting.Payment.Id.Value)
                .ToListAsync()
        );

        await RewriteAsync(bad, "\"schema\":9,", "\"schema\":2,");
        Assert.Equal(
            (1, 1, 0),
            await world.AgainAsync(record) is var again ? (again.Applied, again.Known, again.Conflicts) : default
        );
    }

    private async Task<StuckItem> ListedAsync(AccountId account) =>
        await world
            .Verb<IStuckStore>()
            .ReadAllAsync(CancellationToken.None)
            .SingleAsync(item => item.Content == account.Value);

    private async Task<string> RewriteAsync(AccountId account, string from, string to)
    {
        var row = await RowAsync(account);
        var text = new StringBuilder(row.GetString("Ledger")).Replace(from, to).ToString();
        row["Ledger"] = text;
        await TableOf(account).UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        return text;
    }

    private async Task<string> TextAsync(AccountId account) => (await RowAsync(account)).GetString("Ledger");

    private async Task<TableEntity> RowAsync(AccountId account) =>
        (
            await TableOf(account)
                .GetEntityAsync<TableEntity>(LedgerKeys.Partition(Bucket.Of(account)), LedgerKeys.Account(account))
        ).Value;

    private TableClient TableOf(AccountId account) => world.Clients.Table(LedgerKeys.Table(Bucket.Of(account)));
}
