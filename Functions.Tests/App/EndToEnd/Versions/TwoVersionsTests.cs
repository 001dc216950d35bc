using System.Net;
using System.Net.Http.Json;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Storage;
using Autopay.Storage.Ledgers;
using Azure.Data.Tables;
using Books = Autopay.Tests.App.Storage.Books;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// L6: the released version and this one on the same books at once, as during a deploy, and alone after it or after a
/// roll back. Real processes of two programs.
/// </summary>
[Collection(RealProcesses.Name)]
[Trait("Layer", "L6")]
public sealed class TwoVersionsTests
{
    private static readonly AccountId New = new("N-1");

    [Fact]
    public async Task F44_the_version_before_and_this_one_work_side_by_side_and_neither_undoes_what_only_the_other_knows()
    {
        using var previous = new PreviousVersion();
        await using var city = await LiveCity.StartAsync(
            new CityPlan(44)
            {
                Accounts = 60,
                Instances = 2,
                Programs = [null, previous.Folder],
                Settings = InstancesTests.NoTimers,
            }
        );
        var (now, before) = (city.First, city.Last);
        Assert.NotEqual(await BuildAsync(before), await BuildAsync(now));
        var written = await WriteWhatOnlyThisVersionKnowsAsync(city.Books);

        // A deploy: both are there, and take each other's messages.
        await city.HoldAsync();
        await city.ImportedAsync(await city.UploadAsync("accounts", before));
        await city.ImportedAsync(await city.UploadAsync("bills", now));
        city.BeginToClear();
        await city.CalledAsync(20);
        Assert.NotEmpty(before.Walks);
        Assert.NotEmpty(now.Walks);

        // A roll back in the middle, and forward again.
        await now.KillAsync();
        await city.CalledAsync(60);
        await now.StartReadyAsync();
        await before.KillAsync();
        await city.AllAreAsync("submitted");
        KillTests.ThenEachIsChargedOnce(city);

        await before.StartReadyAsync();
        await ThenLeftAloneAsync(before);
        Assert.Equal(written, await RowAsync(city.Books));
        await before.KillAsync();
        await ThenUnderstoodAsync(now);
        city.TheBankAnswers();
        await city.AllAreAsync("collected");
    }

    private static async Task<string?> BuildAsync(LiveApp app) =>
        (string?)(await app.GetAsync("health/ready"))["build"];

    /// <summary>
    /// An account whose row has an event that the version before does not know; it is not on autopay, and has nothing
    /// to do.
    /// </summary>
    private static async Task<string> WriteWhatOnlyThisVersionKnowsAsync(StorageClients clients)
    {
        var ledgers = new TableLedgerStore(clients);
        var first = Books.Save(
            Books.None(New),
            null,
            Books.Enrolled(),
            new AutopaySwitched(On: false, new DateOnly(2018, 1, 15), "the customer moved")
        );
        var entry = (await SaveAsync(ledgers, first)).Entry!;
        var second = Books.Save(entry, null, new AuthorisationExpired(new DateOnly(2018, 1, 15), "two years ago"));
        await SaveAsync(ledgers, second with { MayWait = true });
        return await RowAsync(clients);
    }

    private static async Task<SaveResult> SaveAsync(TableLedgerStore ledgers, LedgerSave save) =>
        (await ledgers.SaveAsync(Bucket.Of(New), [save], CancellationToken.None))[0];

    // It reads all accounts and leaves out this one, whom it lists; asked for by name it changes nothing.
    private static async Task ThenLeftAloneAsync(LiveApp before)
    {
        await before.GetAsync("api/cycles?fresh=true");
        Assert.Contains(
            (await before.GetAsync("api/stuck"))["items"]!.AsArray(),
            item => item!.ToJsonString().Contains(New.Value, StringComparison.Ordinal)
        );
        using var answer = await before.Http.PutAsJsonAsync(
            $"api/accounts/{New}/autopay",
            new { on = true, reason = "came back" }
        );
        Assert.True(answer.StatusCode >= HttpStatusCode.BadRequest, $"{answer.StatusCode}");
    }

    private static async Task ThenUnderstoodAsync(LiveApp now)
    {
        var story = (await now.GetAsync($"api/accounts/{New}")).ToJsonString();
        Assert.Contains("authorisation expired", story, StringComparison.Ordinal);
        Assert.DoesNotContain("pm_1", story, StringComparison.Ordinal);
    }

    private static async Task<string> RowAsync(StorageClients clients)
    {
        var row = await clients
            .Table(LedgerKeys.Table(Bucket.Of(New)))
            .GetEntityAsync<TableEntity>(LedgerKeys.Partition(Bucket.Of(New)), LedgerKeys.Account(New));
        return row.Value.ETag.ToString();
    }
}
